//! Running the cases.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::case::{Case, Stop};
use crate::kit::Kit;
use crate::options::Options;
use crate::report::{Report, Result, Verdict};

/// Runs every case that the options ask for, in their order.
///
/// # Errors
/// The backend does not answer at all.
pub fn run(cases: &[Case], options: Options) -> anyhow::Result<Report> {
    let url = options.url.to_string();
    let kit = Kit::new(options).map_err(|stop| match stop {
        Stop::Unreachable(why) | Stop::Skip(why) => anyhow::anyhow!("the backend does not answer: {why}"),
        Stop::Fail(why) => anyhow::anyhow!("{}", why.seen),
    })?;
    let wanted = |case: &&Case| {
        kit.options.only.is_empty()
            || kit.options.only.iter().any(|start| case.id.starts_with(start.as_str()))
    };
    let results = cases.iter().filter(wanted).map(|case| result(&kit, case)).collect();
    let backend = kit.discovery()["contract"].as_str().map(str::to_owned);
    Ok(Report { url, contract: backend, results })
}

fn result(kit: &Kit, case: &Case) -> Result {
    let verdict = if kit.has(case.profile) { judge(kit, case) } else { Verdict::not_announced(case.profile) };
    Result {
        id: case.id,
        level: case.level,
        profile: case.profile,
        section: case.section,
        claim: case.claim,
        verdict,
    }
}

/// Runs one case. A case that panics has met an answer that it was not written for, which is a failure as well.
fn judge(kit: &Kit, case: &Case) -> Verdict {
    let outcome = catch_unwind(AssertUnwindSafe(|| (case.run)(kit)));
    let redact = |text: &str| kit.log.redact(text);
    match outcome {
        Ok(Ok(())) => Verdict::Pass,
        Ok(Err(Stop::Skip(reason))) => Verdict::Skipped { reason: redact(&reason) },
        Ok(Err(Stop::Unreachable(why))) => {
            Verdict::failed("an answer", &redact(&format!("none: {why}")), None)
        }
        Ok(Err(Stop::Fail(failure))) => {
            let exchange = failure.exchange.as_ref().map(|exchange| redact(&exchange.excerpt()));
            Verdict::failed(&redact(&failure.expected), &redact(&failure.seen), exchange)
        }
        Err(_) => Verdict::failed("an answer that the case can read", "one that it could not", None),
    }
}
