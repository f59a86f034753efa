//! A screen as a response: the page's own view in its document, with the token of its forms.

use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use vestibule::pages::relying_party::{self, RelyingPartyScreen};
use vestibule::pages::signups::{self, SignUpsScreen};
use vestibule::pages::unsubscribe::{self, UnsubscribeScreen};
use vestibule::render::{render, render_relying_party, render_signups, render_unsubscribe};
use vestibule::screen::{Chrome, ChromeLinks, Page, Screen};
use vestibule_domain::secret::Token;
use vestibule_storage::organizations::Organization;

use crate::flows::document::card;
use crate::http::cookies::Cookies;
use crate::http::problem::ApiProblem;
use crate::mail::words::mail_words;
use crate::pages::shell::Document;
use crate::state::{App, Shared};

const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// What a document shows.
pub enum Content {
    /// A screen of the page, which its script takes over.
    Screen(Screen),
    /// What the server alone draws.
    Unsubscribe(UnsubscribeScreen),
    /// The same.
    SignUps(SignUpsScreen),
    /// What speaks to an identity provider, by a script of its own.
    RelyingParty(RelyingPartyScreen),
}

/// What is shown, and what goes around it.
pub struct Shown {
    /// Status of the response.
    pub status: StatusCode,
    /// What is shown.
    pub content: Content,
    /// Where its forms post to.
    pub action: String,
    /// In whose name and look.
    pub organization: Option<Organization>,
    /// Who is signed in, where the page shows it.
    pub account: Option<String>,
    /// After how many seconds a browser without script looks at the same page again.
    pub again: Option<u32>,
    /// Where a browser goes on by itself.
    pub onward: Option<String>,
}

impl Shown {
    /// A screen without anything around it.
    pub fn of(screen: Screen) -> Self {
        Self::content(Content::Screen(screen))
    }

    /// The same of anything that can be shown.
    pub fn content(content: Content) -> Self {
        Self {
            status: StatusCode::OK,
            content,
            action: String::new(),
            organization: None,
            account: None,
            again: None,
            onward: None,
        }
    }
}

/// Whether a request comes from a browser that wants to show a page.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html")
}

/// The languages that a browser asks for, best first. Weights are in order in every browser, so they are not sorted.
pub(super) fn wishes(headers: &HeaderMap) -> Vec<&str> {
    let value = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(',').filter_map(|range| range.split(';').next()).map(str::trim).take(16).collect()
}

/// Draws a screen.
pub fn respond(app: &Shared, headers: &HeaderMap, shown: Shown) -> Response {
    match draw(app, headers, shown) {
        Ok(response) => response,
        Err(problem) => problem.answer(headers),
    }
}

fn draw(app: &App, headers: &HeaderMap, shown: Shown) -> Result<Response, ApiProblem> {
    let (locale, words) = app.words_for(wishes(headers).into_iter());
    let issued = app.form_tokens.issue(&Cookies::read(headers), app.entropy.as_ref())?;
    let organization = shown.organization.as_ref();
    let chrome = Chrome {
        host: app.config.public_url.authority().to_owned(),
        locale: locale.to_owned(),
        organization: organization.map(card),
        account: shown.account,
        form_token: Some(issued.token),
        form_action: shown.action,
        links: organization.map(links).unwrap_or_default(),
    };
    let now = app.now().0;
    let speaks = matches!(shown.content, Content::RelyingParty(_));
    let (title, html, page_json) = match shown.content {
        Content::Screen(screen) => {
            let page = Page { chrome, screen };
            let json = serde_json::to_string(&page).map_err(ApiProblem::internal)?;
            (vestibule::pages::title(&page, words), render(&page, words, now), Some(json))
        }
        Content::Unsubscribe(screen) => {
            let words = words.and(mail_words(locale));
            let html = render_unsubscribe(&chrome, &screen, &words);
            (unsubscribe::title(&chrome, &screen, &words), html, None)
        }
        Content::SignUps(screen) => {
            let words = words.and(mail_words(locale));
            (signups::title(&chrome, &words), render_signups(&chrome, &screen, &words, now), None)
        }
        Content::RelyingParty(screen) => {
            let words = words.and(mail_words(locale));
            let html = render_relying_party(&chrome, &screen, &words);
            (relying_party::title(&chrome, &screen, &words), html, None)
        }
    };
    let document = Document {
        title: &title,
        lang: locale,
        dir: vestibule::text::dir_of(locale),
        page_json: page_json.as_deref(),
        again: shown.again,
        now,
        app_html: &html,
        brand: organization.map(|organization| &organization.brand),
    };
    let rendered = if speaks { document.render_relying_party(&app.dist) } else { document.render(&app.dist) };
    let mut response =
        (shown.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], rendered.html).into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_str(&rendered.csp).map_err(ApiProblem::internal)?);
    out.insert(VARY, HeaderValue::from_static("accept-language, cookie"));
    out.extend(issued.set_cookie.map(|cookie| (SET_COOKIE, cookie)));
    if let Some(url) = shown.onward {
        let value = HeaderValue::from_str(&format!("1;url={url}")).map_err(ApiProblem::internal)?;
        out.insert(REFRESH, value);
    }
    Ok(response)
}

fn links(organization: &Organization) -> ChromeLinks {
    let settings = &organization.settings;
    ChromeLinks {
        privacy: settings.privacy_url.clone(),
        terms: settings.terms_url.clone(),
        help: settings.contact.as_ref().map(|address| format!("mailto:{address}")),
    }
}

/// `303` to a path of this origin, or to an address that was checked.
pub fn see_other(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(error) => ApiProblem::internal(error).into_response(),
    }
}

/// Adds cookies to a response.
pub fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Adds the session's cookie, where a walk has ended in one.
pub fn with_session(response: Response, token: Option<&Token>) -> Response {
    with_cookies(response, token.map(crate::sessions::cookie))
}

/// A page that loads the same address again.
///
/// The session's cookie is `Strict`, so a browser that follows a link from elsewhere comes without it. Coming again
/// from a page of ours it brings the cookie. `None` when that would not help.
pub fn come_again(headers: &HeaderMap, path: &str) -> Option<Response> {
    let from_elsewhere =
        headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
    let has_session = Cookies::read(headers).get(crate::http::cookies::SESSION).is_some();
    if !from_elsewhere || has_session {
        return None;
    }
    let value = HeaderValue::from_str(&format!("0;url={path}")).ok()?;
    let body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>…</title></html>";
    Some(
        ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (REFRESH, value)], body)
            .into_response(),
    )
}
