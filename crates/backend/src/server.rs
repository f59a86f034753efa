//! The running server: layers around the routes, the outbox worker beside them, an orderly end.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use vestibule_domain::time::Timestamp;
use vestibule_storage::{authorizations, flows, idempotency, limits, outbox, sessions, sign_ups};

use crate::flows::sign_up::unanswered::tell_unanswered;
use crate::flows::walk::WalkError;
use crate::http::problem::ApiProblem;
use crate::http::{headers, host, origin, request_log};
use crate::mail::worker::Worker;
use crate::routes;
use crate::state::Shared;

/// How long requests that run may take to end after a stop.
const GRACE: Duration = Duration::from_secs(10);

/// How often what has run out is swept away. Nothing depends on it: everything checks its own expiry.
const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// How long a flow that ran out still tells its browser so, instead of being unknown.
const REMEMBER_FLOWS: Duration = Duration::from_hours(24);

/// How long it is known that a mail with a code went out.
const REMEMBER_MAIL: Duration = Duration::from_hours(24);

/// After how long without another one failures in a row are forgotten.
const REMEMBER_FAILURES: Duration = Duration::from_hours(30 * 24);

/// For how long it is known what somebody filled in, after the sign-up was over; longer than a refusal counts.
const REMEMBER_SIGN_UPS: Duration = Duration::from_hours(90 * 24);

/// All routes in all layers. From the outside in: log, headers, host, origin.
pub fn service(app: &Shared) -> Router {
    routes::router(app)
        .layer(from_fn(routes::rejected::reword))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            axum::response::IntoResponse::into_response(ApiProblem::internal("a handler panicked"))
        }))
        .layer(CompressionLayer::new().br(true).gzip(true))
        .layer(from_fn_with_state(origin::SameOrigin::new(&app.config), origin::check))
        .layer(from_fn_with_state(host::AllowedHosts::new(&app.config), host::check))
        .layer(map_response(headers::secure))
        .layer(from_fn_with_state(request_log::RequestLog(app.entropy.clone()), request_log::record))
        .with_state(app.clone())
}

/// A server that listens and has not begun.
pub struct Listening {
    app: Shared,
    listener: TcpListener,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Listens where the configuration says.
pub async fn bind(app: &Shared) -> Result<Listening> {
    let wanted = app.config.server.listen;
    let listener = TcpListener::bind(wanted).await.with_context(|| {
        format!("listening on {wanted}: is something else running there? Another port can be given by --port or server.listen")
    })?;
    let address = listener.local_addr()?;
    Ok(Listening { app: app.clone(), listener, address })
}

impl Listening {
    /// Serves until the process is told to stop (SIGINT or SIGTERM), then lets running requests end.
    pub async fn serve(self) -> Result<()> {
        self.serve_until(stop_signal()).await
    }

    /// Serves until `stop` is over.
    pub async fn serve_until(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        let (stopping, stopped) = watch::channel(false);
        let mut asked = stopped.clone();
        let mail = tokio::spawn(worker(&self.app).run(async move {
            let _ = asked.wait_for(|stop| *stop).await;
        }));
        let sweep = tokio::spawn(sweep(self.app.clone(), stopped.clone()));
        let service = service(&self.app).into_make_service_with_connect_info::<SocketAddr>();
        let mut asked = stopped.clone();
        let serving = axum::serve(self.listener, service).with_graceful_shutdown(async move {
            let _ = asked.wait_for(|stop| *stop).await;
        });
        tokio::spawn(async move {
            stop.await;
            let _ = stopping.send(true);
        });
        let mut overdue = stopped;
        tokio::select! {
            served = async { serving.await } => served.context("serving")?,
            () = async { let _ = overdue.wait_for(|stop| *stop).await; tokio::time::sleep(GRACE).await; } => {
                tracing::warn!("some requests did not end in time");
            }
        }
        mail.await.context("the outbox worker")?;
        sweep.await.context("the sweeper")?;
        Ok(())
    }
}

/// The worker that sends the mails of a backend.
pub fn worker(app: &Shared) -> Worker {
    let (store, sealer, transport) = (app.store.clone(), app.sealer.clone(), app.transport.clone());
    Worker::new(&app.config, store, sealer, transport, app.clock.clone(), app.outbox_bell.clone())
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

async fn sweep(app: Shared, mut stopped: watch::Receiver<bool>) {
    loop {
        let now = app.now();
        if let Err(error) = sweep_once(&app, now).await {
            tracing::warn!(%error, "sweeping failed; it is tried again later");
        }
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
    }
}

/// Removes what has run out, and tells whoever waited for it.
pub async fn sweep_once(app: &Shared, now: Timestamp) -> Result<(), WalkError> {
    let longest = app.config.sessions.absolute;
    let writer = app.clone();
    app.store
        .write::<_, WalkError, _>(move |connection| {
            Box::pin(async move {
                flows::sweep(connection, now.minus(REMEMBER_FLOWS)).await?;
                idempotency::sweep(connection, now).await?;
                authorizations::sweep(connection, now.minus(REMEMBER_FLOWS)).await?;
                outbox::sweep(connection, now.minus(REMEMBER_MAIL)).await?;
                sessions::sweep(connection, now.minus(longest)).await?;
                limits::sweep(connection, now, now.minus(REMEMBER_FAILURES)).await?;
                sign_ups::sweep(connection, now.minus(REMEMBER_SIGN_UPS)).await?;
                tell_unanswered(&writer, connection).await
            })
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(())
}
