//! What an answer may hold at most. A list without end would freeze the page while it is being drawn, so an answer
//! beyond these figures is refused as a whole; they are far above anything a person could use.

use vestibule_contract::brand::{Brand, Palette};
use vestibule_contract::desk::InviteOptions;
use vestibule_contract::panel::{Activity, Apps, Consents, Organizations};
use vestibule_contract::{Problem, Step, StepDocument};

use crate::client::ApiError;

/// Most items of one list.
const ITEMS: usize = 1_000;
/// Most things to do, to fill in or to say at one step.
const PARTS: usize = 100;
/// Largest corner radius of a brand, in CSS pixels (`Brand::radius`).
const RADIUS: u32 = 24;

fn within<T>(value: T, fits: bool) -> Result<T, ApiError> {
    if fits { Ok(value) } else { Err(ApiError::BadAnswer) }
}

pub(super) fn step(document: StepDocument) -> Result<StepDocument, ApiError> {
    let actions = &document.actions;
    let data = match &document.step {
        Step::Invitation(card) => card.resources.len(),
        Step::Consent(consent) => consent.permissions.len().max(consent.shared.len()),
        Step::Identify(_)
        | Step::EmailCode(_)
        | Step::ChooseProvider(_)
        | Step::Federate(_)
        | Step::WrongAccount(_)
        | Step::Challenge(_)
        | Step::Attributes(_)
        | Step::Checking(_)
        | Step::PendingApproval(_)
        | Step::Blocked(_)
        | Step::Done(_)
        | Step::Unknown(_) => 0,
    };
    let fits = data <= ITEMS
        && actions.len() <= PARTS
        && document.messages.len() <= PARTS
        && actions.iter().all(|action| action.fields.len() <= PARTS)
        && actions.iter().flat_map(|action| &action.fields).all(|field| field.options.len() <= ITEMS);
    within(document, fits)
}

pub(super) fn problem(mut problem: Problem) -> Result<Problem, ApiError> {
    problem.step = match problem.step.take() {
        Some(document) => Some(Box::new(step(*document)?)),
        None => None,
    };
    let fits = problem.errors.len() <= PARTS;
    within(problem, fits)
}

pub(super) fn organizations(list: Organizations) -> Result<Organizations, ApiError> {
    let fits = list.items.len() <= ITEMS;
    within(list, fits)
}

pub(super) fn apps(list: Apps) -> Result<Apps, ApiError> {
    let fits = list.items.len() <= ITEMS;
    within(list, fits)
}

pub(super) fn consents(list: Consents) -> Result<Consents, ApiError> {
    let fits = list.items.len() <= ITEMS
        && list.items.iter().all(|item| item.permissions.len() <= PARTS && item.shared.len() <= PARTS);
    within(list, fits)
}

pub(super) fn activity(list: Activity) -> Result<Activity, ApiError> {
    let fits = list.items.len() <= ITEMS;
    within(list, fits)
}

pub(super) fn options(options: InviteOptions) -> Result<InviteOptions, ApiError> {
    let fits = options.apps.len() <= ITEMS
        && options.languages.len() <= ITEMS
        && options.domains.domains.len() <= ITEMS;
    within(options, fits)
}

/// A brand consists of colours and a radius; anything else in their places might mean something to a style sheet.
pub(super) fn brand(brand: Brand) -> Result<Brand, ApiError> {
    let plain = |palette: &Palette| {
        [&palette.accent, &palette.on_accent, &palette.ground].into_iter().all(|it| is_colour(it))
    };
    let fits = plain(&brand.light) && plain(&brand.dark) && brand.radius <= RADIUS;
    within(brand, fits)
}

fn is_colour(text: &str) -> bool {
    text.len() == 7
        && text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}
