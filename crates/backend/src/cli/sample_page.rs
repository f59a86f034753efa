//! `sample-page`: the invitation page as a browser gets it, for measuring its size.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use vestibule::screen::{Chrome, ChromeLinks, Page, Screen, StepScreen, Values};
use vestibule::text::Words;
use vestibule_contract::corpus::examples;

use super::output;
use crate::pages::dist::Dist;
use crate::pages::shell::Document;

/// Prints the page of an example from the contract's corpus.
#[derive(Args)]
pub(super) struct SamplePage {
    /// Folder of the built front-end.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// Name of the example.
    #[arg(long, default_value = "invitation.fresh")]
    example: String,
}

impl SamplePage {
    /// Prints the page.
    pub(super) fn run(self) -> Result<()> {
        let dist = Dist::load(&self.dist)?;
        let (_, file) = dist
            .locales()
            .find(|(tag, _)| *tag == "en")
            .context("the front-end was built without English")?;
        let json = std::str::from_utf8(dist.bytes(file).unwrap_or_default())?;
        let words = Words::from_json(json).context("the words of English")?;
        let example = examples().into_iter().find(|example| example.name == self.example);
        let document = example.context("the corpus has no such example")?.document;
        let page = Page {
            chrome: Chrome {
                host: "guests.contoso.example".to_owned(),
                locale: "en".to_owned(),
                organization: document.organization.clone(),
                account: None,
                form_token: Some("x".repeat(64)),
                form_action: format!("/i/{}", "x".repeat(43)),
                links: ChromeLinks::default(),
            },
            screen: Screen::Step(Box::new(StepScreen { document, draft: Values::new() })),
        };
        // Any instant; a sample differs from another only where its words do.
        let now = 1_800_000_000_000;
        let html = vestibule::render::render(&page, &words, now);
        let document = Document {
            title: &vestibule::pages::title(&page, &words),
            lang: "en",
            dir: "ltr",
            page_json: Some(&serde_json::to_string(&page)?),
            again: None,
            now,
            app_html: &html,
            brand: Some(&vestibule_domain::brand::BrandTokens::default()),
        };
        output::line(document.render(&dist).html);
        Ok(())
    }
}
