//! One page of each kind in each state that looks different: the contract's corpus, and the pages that are no steps.

use vestibule_contract::corpus::examples;
use vestibule_contract::desk::{DomainRule, DomainRuleKind, InviteOptions, InvitePreview};
use vestibule_contract::document::OrganizationCard;
use vestibule_contract::graph::{
    Delivery, Invitation, InvitationDetails, InvitationState, InvitationStatus, InvitedUser,
    InvitedUserMessageInfo,
};
use vestibule_contract::panel::{
    Activity, ActivityEntry, App, Apps, ConsentRecord, Consents, Contact, Me, Membership, Organizations,
    Role, Why,
};
use vestibule_contract::step::{Permission, Resource, ResourceKind, SharedValue};
use vestibule_contract::{Message, MessageCode, Severity};

use crate::screen::{
    AccountScreen, Chrome, ChromeLinks, Failure, FailureKind, InviteScreen, Page, PanelScreen, Screen,
    StepScreen, Values,
};

/// 20 November 2026, 10:05:00 UTC: a minute before the corpus lets another code be sent.
pub(crate) const NOW: i64 = 1_795_169_100_000;

/// All of them, by name.
pub(crate) fn pages() -> Vec<(String, Page)> {
    let steps = examples().into_iter().map(|example| {
        let mut chrome = chrome();
        chrome.organization.clone_from(&example.document.organization);
        let screen = StepScreen { document: example.document, draft: Values::new() };
        (example.name, Page { chrome, screen: Screen::Step(Box::new(screen)) })
    });
    let rest = [
        ("panel.full", panel(true, apps())),
        ("panel.one_organization", panel(false, apps())),
        ("panel.empty", panel(false, nothing())),
        ("panel.no_match", searched(panel(true, nothing()))),
        ("panel.hostile", panel(false, hostile_apps())),
        ("account.full", account(true)),
        ("account.empty", account(false)),
        ("invite.fresh", Screen::Invite(Box::new(invite()))),
        ("invite.refused", Screen::Invite(Box::new(refused()))),
        ("invite.preview", Screen::Invite(Box::new(previewed()))),
        ("invite.sent", Screen::Invite(Box::new(sent()))),
        ("invite.not_allowed", Screen::Invite(Box::new(not_allowed()))),
        ("loading", Screen::Loading),
    ];
    let failures = [
        ("failure.not_found", FailureKind::NotFound, None),
        ("failure.offline", FailureKind::Offline, None),
        ("failure.bad_answer", FailureKind::BadAnswer, None),
        ("failure.server", FailureKind::Server, Some("V-7Q2M-K4")),
        ("failure.busy", FailureKind::Busy, None),
        ("failure.forbidden", FailureKind::Forbidden, Some("V-7Q2M-K4")),
        ("failure.cookies_off", FailureKind::CookiesOff, None),
        ("failure.signed_out", FailureKind::SignedOut, None),
        ("failure.crashed", FailureKind::Crashed, None),
    ];
    let failures = failures.into_iter().map(|(name, kind, reference)| {
        let reference = reference.map(str::to_owned);
        let chrome = Chrome { organization: None, ..chrome() };
        (name.to_owned(), Page { chrome, screen: Screen::Failure(Failure { kind, reference }) })
    });
    let rest = rest.into_iter().map(|(name, screen)| {
        let chrome = Chrome { account: Some("ana@partner.example".to_owned()), ..chrome() };
        (name.to_owned(), Page { chrome, screen })
    });
    steps.chain(rest).chain(failures).collect()
}

/// The page of that name.
pub(crate) fn page(name: &str) -> Page {
    let found = pages().into_iter().find(|(known, _)| known == name);
    found.map(|(_, page)| page).expect("a sample of this name")
}

fn chrome() -> Chrome {
    Chrome {
        host: "door.example".to_owned(),
        locale: "en".to_owned(),
        organization: Some(contoso()),
        account: None,
        form_token: Some("form-token".to_owned()),
        form_action: "/here".to_owned(),
        links: ChromeLinks {
            privacy: Some("https://contoso.example/privacy".to_owned()),
            terms: Some("https://contoso.example/terms".to_owned()),
            help: Some("mailto:it@contoso.example".to_owned()),
        },
    }
}

fn contoso() -> OrganizationCard {
    card("contoso", "Contoso Research", "contoso.example")
}

fn card(id: &str, name: &str, domain: &str) -> OrganizationCard {
    OrganizationCard { id: id.to_owned(), name: name.to_owned(), domain: domain.to_owned(), logo: None }
}

fn at(day: &str) -> String {
    ["2026-11-", day, "T10:00:00Z"].concat()
}

fn me() -> Me {
    Me {
        id: "019a9c5e-7a00-7000-8000-0000000000aa".to_owned(),
        name: "Ana Ruiz".to_owned(),
        email: "ana@partner.example".to_owned(),
        role: Role::Guest,
        organization: contoso(),
        may_invite: true,
        may_link: true,
        locale: None,
    }
}

fn organizations(several: bool) -> Organizations {
    let membership =
        |organization, current| Membership { organization, role: Role::Guest, since: at("01"), current };
    let mut items = vec![membership(contoso(), true)];
    if several {
        items.push(membership(card("fabrikam", "Fabrikam", "fabrikam.example"), false));
    }
    Organizations { items }
}

fn panel(several: bool, apps: Apps) -> Screen {
    let query = String::new();
    Screen::Panel(Box::new(PanelScreen { me: me(), organizations: organizations(several), apps, query }))
}

fn searched(screen: Screen) -> Screen {
    match screen {
        Screen::Panel(mut panel) => {
            "<wiki>".clone_into(&mut panel.query);
            Screen::Panel(panel)
        }
        other => other,
    }
}

fn nothing() -> Apps {
    Apps { items: Vec::new(), total: 0, next_cursor: None }
}

fn app(name: &str, kind: ResourceKind, launch_url: &str) -> App {
    App {
        id: name.to_lowercase(),
        name: name.to_owned(),
        description: None,
        kind,
        launch_url: launch_url.to_owned(),
        why: Why { granted_by: "Mira Lindqvist".to_owned(), reason: None },
        since: at("02"),
        until: None,
        owner: None,
        collection: None,
    }
}

fn apps() -> Apps {
    let mut wiki = app("Project wiki", ResourceKind::Site, "https://wiki.contoso.example/start");
    wiki.description = Some("Plans, minutes and decisions of the joint project".to_owned());
    wiki.why.reason = Some("Joint project 2027".to_owned());
    wiki.until = Some("2026-12-31T10:00:00Z".to_owned());
    wiki.owner =
        Some(Contact { name: "Jonas Berg".to_owned(), email: Some("jonas@contoso.example".to_owned()) });
    let mut plans = app("Plans 2027", ResourceKind::Folder, "https://files.contoso.example/plans");
    plans.owner = Some(Contact { name: "Jonas Berg".to_owned(), email: None });
    let timesheet = app("Timesheet", ResourceKind::App, "/apps/timesheet");
    Apps { items: vec![wiki, plans, timesheet], total: 12, next_cursor: Some("a b&c".to_owned()) }
}

fn hostile_apps() -> Apps {
    let urls =
        ["javascript:alert(1)", "//evil.example/x", "/\\evil.example", "https://bank.example@evil.example/"];
    let hostile = |url: &str| app("<img src=x onerror=alert(1)>\u{202e}", ResourceKind::App, url);
    let items =
        urls.map(|url| App { id: ["<\">", &url.len().to_string()].concat(), ..hostile(url) }).to_vec();
    Apps { items, total: 4, next_cursor: None }
}

fn account(full: bool) -> Screen {
    let consent = |id: &str, revoked_at| ConsentRecord {
        id: id.to_owned(),
        organization: contoso(),
        given_at: at("03"),
        revoked_at,
        permissions: Permission::ALL.to_vec(),
        shared: vec![SharedValue { claim: "email".to_owned(), value: "ana@partner.example".to_owned() }],
    };
    let happened = |action: &str| ActivityEntry { at: at("04"), action: action.to_owned() };
    let consents = if full { vec![consent("c2", None), consent("c1", Some(at("02")))] } else { Vec::new() };
    let activity = if full {
        vec![happened("session.started"), happened("invitation.accepted"), happened("something.newer")]
    } else {
        Vec::new()
    };
    Screen::Account(Box::new(AccountScreen {
        me: me(),
        organizations: organizations(full),
        consents: Consents { items: consents },
        activity: Activity { items: activity },
    }))
}

fn invite() -> InviteScreen {
    let resource = |id: &str, name: &str, kind| Resource { id: id.to_owned(), name: name.to_owned(), kind };
    InviteScreen {
        me: me(),
        options: InviteOptions {
            organization: contoso(),
            apps: vec![
                resource("wiki", "Project wiki", ResourceKind::Site),
                resource("plans", "Plans 2027", ResourceKind::Folder),
            ],
            languages: vec!["en".to_owned(), "de".to_owned(), "pt-BR".to_owned()],
            default_expires_in_days: 30,
            max_expires_in_days: 90,
            max_message_length: 500,
            domains: DomainRule {
                kind: DomainRuleKind::Allow,
                domains: vec!["partner.example".to_owned(), "other.example".to_owned()],
            },
            sender: "Contoso Research <door@contoso.example>".to_owned(),
        },
        draft: Values::new(),
        errors: Vec::new(),
        preview: None,
        sent: None,
    }
}

fn draft() -> Values {
    let typed = [
        ("address", "ana@evil.example"),
        ("name", "Ana \"Ruiz\""),
        ("message", "Welcome!\n<b>See you</b> & bye"),
        ("apps", "wiki"),
        ("days", "400"),
    ];
    typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn refused() -> InviteScreen {
    let domain = "Guests of evil.example are not allowed. Only partner.example and other.example.";
    let errors = vec![
        Message::new(MessageCode::Other, Severity::Error, domain).about("address"),
        Message::new(MessageCode::ValueInvalid, Severity::Error, "Not possible.").about("days"),
        Message::new(MessageCode::Other, Severity::Error, "You have sent many invitations today."),
    ];
    InviteScreen { draft: draft(), errors, ..invite() }
}

fn previewed() -> InviteScreen {
    let preview = InvitePreview {
        from: "Contoso Research <door@contoso.example>".to_owned(),
        to: "ana@partner.example".to_owned(),
        subject: "Mira Lindqvist invites you to Contoso Research".to_owned(),
        text: "Hello,\n\nWelcome!\n<b>See you</b> & bye\n\nhttps://door.example/i/…".to_owned(),
    };
    InviteScreen { draft: draft(), preview: Some(preview), ..invite() }
}

fn sent() -> InviteScreen {
    let invitation = Invitation {
        odata_context: None,
        id: "019a9c5e-7a00-7000-8000-0000000000bb".to_owned(),
        invite_redeem_url: None,
        invited_user_display_name: None,
        invited_user_type: "Guest".to_owned(),
        invited_user_email_address: "ana@partner.example".to_owned(),
        send_invitation_message: true,
        reset_redemption: false,
        invite_redirect_url: "https://door.example/apps".to_owned(),
        status: InvitationStatus::PendingAcceptance,
        invited_user_message_info: InvitedUserMessageInfo::default(),
        invited_user: InvitedUser { id: "019a9c5e-7a00-7000-8000-0000000000cc".to_owned() },
        vestibule: InvitationDetails {
            state: InvitationState::Pending,
            apps: vec!["wiki".to_owned()],
            created_at: at("20"),
            expires_at: "2026-12-20T10:00:00Z".to_owned(),
            delivery: Delivery::Queued,
        },
    };
    InviteScreen { sent: Some(invitation), ..invite() }
}

fn not_allowed() -> InviteScreen {
    let mut screen = invite();
    screen.me.may_invite = false;
    screen
}
