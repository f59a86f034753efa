//! `serve`.

use anyhow::Result;

use crate::config::Config;
use crate::{log, server};

/// Serves until it is told to stop.
pub(super) async fn run(config: Config) -> Result<()> {
    log::start(&config.log);
    let app = super::backend(config).await?;
    let listening = server::bind(&app).await?;
    tracing::info!(address = %listening.address, url = app.config.public_url.origin(), "ready");
    listening.serve().await
}
