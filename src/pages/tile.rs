//! One shared thing: what it is, where it opens, and on a sheet why it is there, since when, until when, whom to ask.

use vestibule_contract::panel::{App, Contact};

use crate::text::TimeStyle;
use crate::ui::wires::Wires;
use crate::ui::{El, Place, bdi, el, facts, icon, link, moment, place, sentence};

pub(super) fn draw(app: &App, wires: &Wires) -> El {
    let away = match place(&app.launch_url) {
        // What is elsewhere says where: the name was chosen by somebody else.
        Some(Place::Away(host)) => Some(el("span").class("kind").child(bdi(host))),
        Some(Place::Here | Place::Mail(_)) | None => None,
    };
    let until = app.until.as_deref().map(|instant| {
        let params = vec![("date", moment(wires, instant, TimeStyle::Day))];
        sentence(el("span").class("kind"), wires, "tile.until", params)
    });
    el("li")
        .child(icon(app.kind.as_str()))
        .child(
            el("div")
                .class("what")
                .child(launch(app, wires))
                .children(app.description.as_deref().map(|text| el("p").child(bdi(text))))
                .child(el("p").children(away).children(until)),
        )
        .child(sheet(app, wires))
}

/// The name, which opens the thing; only words where the address is none that a link may have (S73).
fn launch(app: &App, wires: &Wires) -> El {
    let kind = wires.t(&["kind.", app.kind.as_str()].concat());
    let name =
        el("span").child(bdi(&app.name)).child(el("span").class("unseen").text([", ", &kind].concat()));
    match place(&app.launch_url) {
        Some(Place::Here) => link(&app.launch_url, name).attr("rel", "noopener noreferrer").class("launch"),
        Some(Place::Away(_)) => link(&app.launch_url, name).class("launch"),
        Some(Place::Mail(_)) | None => el("span").class("launch").child(name),
    }
}

fn sheet(app: &App, wires: &Wires) -> El {
    let why = match &app.why.reason {
        Some(reason) => {
            let params = vec![("by", bdi(&app.why.granted_by)), ("reason", bdi(reason))];
            sentence(el("span"), wires, "tile.why_reason", params)
        }
        None => sentence(el("span"), wires, "tile.why_by", vec![("by", bdi(&app.why.granted_by))]),
    };
    let until = match &app.until {
        Some(instant) => moment(wires, instant, TimeStyle::Day),
        None => el("span").text(wires.t("tile.no_end")),
    };
    let owner = app.owner.as_ref().map(|owner| (wires.t("tile.owner_label"), contact(owner)));
    let rows = [
        (wires.t("tile.why_label"), why),
        (wires.t("tile.since_label"), moment(wires, &app.since, TimeStyle::Day)),
        (wires.t("tile.until_label"), until),
    ];
    let name = el("span").class("unseen").text(" ").child(bdi(&app.name));
    // By its id it is found again, open or not, when the list around it has changed.
    el("details")
        .attr("id", ["details-", &app.id].concat())
        .child(el("summary").text(wires.t("tile.details")).child(name))
        .child(facts(rows.into_iter().chain(owner)))
}

fn contact(owner: &Contact) -> El {
    match &owner.email {
        Some(email) => link(&["mailto:", email].concat(), bdi(&owner.name)),
        None => bdi(&owner.name),
    }
}
