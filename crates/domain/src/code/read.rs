//! Finds the code in what somebody typed or pasted, be it the digits in groups or the whole mail (S82).

/// Why no code could be read. Nothing is compared in these cases, so no attempt is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFormatError {
    /// No run of digits has the right length.
    #[error("no code of the right length was found")]
    NoCode,
    /// Several different runs have the right length, and choosing one would be guessing.
    #[error("more than one code was found")]
    SeveralCodes,
}

/// The digits of the one code of `length` digits in `text`.
///
/// Unbroken digits go first, so that a date in a pasted mail (`20-11-2026` is eight digits too) does not make the code
/// beside it ambiguous. Only where none fits, groups parted by single spaces or dashes are joined.
pub(super) fn read(text: &str, length: usize) -> Result<String, CodeFormatError> {
    let runs = runs(text);
    let unbroken = runs.iter().flatten().cloned();
    match only(unbroken, length) {
        Err(CodeFormatError::NoCode) => only(runs.iter().map(|groups| groups.concat()), length),
        found => found,
    }
}

/// The one distinct candidate of the right length. The same code twice, as in subject and text, is one.
fn only(candidates: impl Iterator<Item = String>, length: usize) -> Result<String, CodeFormatError> {
    let mut fitting = candidates.filter(|candidate| candidate.len() == length);
    let first = fitting.next().ok_or(CodeFormatError::NoCode)?;
    if fitting.all(|other| other == first) { Ok(first) } else { Err(CodeFormatError::SeveralCodes) }
}

/// Runs of digits, each as its groups between single separators: `123-45 6` is `["123", "45", "6"]`.
fn runs(text: &str) -> Vec<Vec<String>> {
    let mut runs: Vec<Vec<String>> = Vec::new();
    // How many characters ago the last digit was, and whether all since then can stand within a code.
    let mut gap = None;
    for char in text.chars() {
        match (digit(char), gap) {
            (Some(digit), Some(0)) => {
                if let Some(group) = runs.last_mut().and_then(|run| run.last_mut()) {
                    group.push(digit);
                }
            }
            (Some(digit), Some(_)) => {
                if let Some(run) = runs.last_mut() {
                    run.push(digit.to_string());
                }
                gap = Some(0);
            }
            (Some(digit), None) => {
                runs.push(vec![digit.to_string()]);
                gap = Some(0);
            }
            (None, Some(0)) if separates(char) => gap = Some(1),
            (None, _) => gap = None,
        }
    }
    runs
}

/// Spaces and dashes as keyboards, mail programs and number formats put them between groups of digits.
fn separates(char: char) -> bool {
    matches!(
        char,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' | '-' | '\u{2010}'..='\u{2014}' | '\u{2212}'
    )
}

/// The ASCII digit for an ASCII, full-width, Arabic-Indic or extended Arabic-Indic digit.
fn digit(char: char) -> Option<char> {
    let zero = match char {
        '0'..='9' => '0',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    char::from_digit(u32::from(char) - u32::from(zero), 10)
}
