//! The client that speaks to identity providers and connectors: bounded in time and size, no redirect followed, no
//! proxy asked, and no address reached that is not the Internet's, unless the configuration lists it (S47, S117, T27).

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{Request, Response};
use ipnet::IpNet;
use reqwest::Identity;
use url::{Host, Url};

use super::names::{Guard, Names, Refused, System};
use super::network::{is_listed, is_public};

/// What a request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// For the whole of it, until the last byte of the answer.
    pub patience: Duration,
    /// The longest answer that is read, in bytes.
    pub longest: usize,
}

/// What a request to an identity provider may cost.
const USUAL: Bounds = Bounds { patience: Duration::from_secs(5), longest: 256 * 1024 };

/// The client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    /// Speaks without TLS, and to listed networks alone.
    plain: reqwest::Client,
    names: Arc<dyn Names>,
    private: Arc<[IpNet]>,
}

/// An answer to come.
pub type Asked = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, HttpError>> + Send>>;

/// Why there is no answer. Says nothing of what the other side said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Not an address that may be asked: another scheme, or a network that is not the Internet's.
    #[error(
        "{0} may not be asked: it is not on the Internet, and federation.private_networks does not list it"
    )]
    Forbidden(String),
    /// Plain HTTP to somewhere else than a listed network.
    #[error("{0} is not https")]
    Plain(String),
    /// Nobody answers.
    #[error("{0} does not answer")]
    Unreachable(String),
    /// Nobody answers in time.
    #[error("{0} does not answer in time")]
    Late(String),
    /// It answers that it cannot do its work.
    #[error("{0} answers with {1}")]
    Fault(String, u16),
    /// The answer is too long.
    #[error("the answer of {0} is too long")]
    TooLong(String),
}

impl Http {
    /// A client. `private` are networks that are not the Internet's and may be asked, also without TLS.
    ///
    /// # Errors
    /// When TLS cannot be set up, as without any trusted root on this machine.
    pub fn new(private: &[IpNet]) -> Result<Self, reqwest::Error> {
        Self::with_names(private, Arc::new(System))
    }

    /// The same with somebody else to ask for the addresses of names: a test says what they are.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub fn with_names(private: &[IpNet], names: Arc<dyn Names>) -> Result<Self, reqwest::Error> {
        Self::build(private.into(), names, None, None)
    }

    /// Another client behind the same guard, with connections of its own: it waits for one only so long, and shows a
    /// certificate while it is made where it has one (private key and certificates, PEM).
    ///
    /// # Errors
    /// When the key or the certificates cannot be used, and as [`Http::new`].
    pub fn sibling(&self, connect: Duration, certificate: Option<&str>) -> Result<Self, reqwest::Error> {
        let identity = certificate.map(|pem| Identity::from_pem(pem.as_bytes())).transpose()?;
        Self::build(self.private.clone(), self.names.clone(), Some(connect), identity)
    }

    fn build(
        private: Arc<[IpNet]>,
        names: Arc<dyn Names>,
        connect: Option<Duration>,
        identity: Option<Identity>,
    ) -> Result<Self, reqwest::Error> {
        let client = |internet| {
            let guard = Guard { names: names.clone(), private: private.clone(), internet };
            let client = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .dns_resolver(Arc::new(guard))
                .user_agent(concat!("vestibule/", env!("CARGO_PKG_VERSION")));
            match connect {
                Some(connect) => client.connect_timeout(connect),
                None => client,
            }
        };
        let speaks_tls = match identity {
            Some(identity) => client(true).identity(identity),
            None => client(true),
        };
        let plain = client(false).tls_built_in_root_certs(false);
        Ok(Self { client: speaks_tls.build()?, plain: plain.build()?, names, private })
    }

    /// The client in the form that `openidconnect` takes.
    pub fn asking(&self) -> impl Fn(Request<Vec<u8>>) -> Asked + Send + Sync + 'static {
        let http = self.clone();
        move |request| {
            let http = http.clone();
            Box::pin(async move { http.call(request).await })
        }
    }

    /// Asks, in the types of the `http` crate, which `openidconnect` speaks. One that cannot do its work gave no
    /// answer.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn call(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpError> {
        let place = request.uri().host().unwrap_or_default().to_owned();
        let answer = self.exchange(request, USUAL).await?;
        if answer.status().is_server_error() {
            return Err(HttpError::Fault(place, answer.status().as_u16()));
        }
        Ok(answer)
    }

    /// Asks within bounds, and gives the answer whatever its status.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn exchange(
        &self,
        request: Request<Vec<u8>>,
        bounds: Bounds,
    ) -> Result<Response<Vec<u8>>, HttpError> {
        let place = request.uri().host().unwrap_or_default().to_owned();
        // Around everything, looking the name up included.
        let asked = tokio::time::timeout(bounds.patience, self.attempt(request, bounds.longest));
        asked.await.unwrap_or(Err(HttpError::Late(place)))
    }

    async fn attempt(
        &self,
        request: Request<Vec<u8>>,
        longest: usize,
    ) -> Result<Response<Vec<u8>>, HttpError> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|_| HttpError::Forbidden("this address".to_owned()))?;
        self.admit(&url).await?;
        let place = url.host_str().unwrap_or_default().to_owned();
        let failed = |error: reqwest::Error| {
            if Refused::is_behind(&error) {
                refused(&url)
            } else if error.is_timeout() {
                // A connection that takes too long, where this client waits less for one than for the answer.
                HttpError::Late(place.clone())
            } else {
                HttpError::Unreachable(place.clone())
            }
        };
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        // A name that was in a listed network when it was admitted may be elsewhere when it is connected to.
        let client = if is_plain(&url) { &self.plain } else { &self.client };
        let mut answer = client.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > longest {
                return Err(HttpError::TooLong(place));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }

    /// Whether an address may be gone to: the scheme, and the addresses that stand in the URL itself, since those no
    /// resolver is asked for.
    ///
    /// # Errors
    /// When not, see [`HttpError`].
    pub async fn admit(&self, url: &Url) -> Result<(), HttpError> {
        let place = url.host_str().unwrap_or_default();
        let literal: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) | None => None,
        };
        let listed = |address: IpAddr| is_listed(address, &self.private);
        if let Some(address) = literal
            && !is_public(address)
            && !listed(address)
        {
            return Err(HttpError::Forbidden(place.to_owned()));
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" => {
                let at = match literal {
                    Some(address) => vec![address],
                    None => self
                        .names
                        .look_up(place)
                        .await
                        .map_err(|_| HttpError::Unreachable(place.to_owned()))?,
                };
                let all = !at.is_empty() && at.into_iter().all(listed);
                if all { Ok(()) } else { Err(refused(url)) }
            }
            _ => Err(HttpError::Forbidden(place.to_owned())),
        }
    }
}

fn is_plain(url: &Url) -> bool {
    url.scheme() == "http"
}

/// What is said of a name that is not where it may be reached.
fn refused(url: &Url) -> HttpError {
    let place = url.host_str().unwrap_or_default().to_owned();
    if is_plain(url) { HttpError::Plain(place) } else { HttpError::Forbidden(place) }
}
