//! Where requests come in, and what is logged of them.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use super::{ConfigError, source::Source};

/// The listening side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Values of `Host` that are answered besides that of the public URL, such as a health check's. Links are never
    /// made from them.
    pub extra_hosts: Vec<String>,
    /// Networks of proxies whose `X-Forwarded-For` is believed (S109).
    pub trusted_proxies: Vec<IpNet>,
}

impl Server {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        const LISTEN: &str = "server.listen";
        let listen = source.text_or(LISTEN, "127.0.0.1:8080");
        let listen = listen.parse().map_err(|_| {
            ConfigError::value(
                LISTEN,
                format!("`{listen}` is not an address with a port"),
                "set it to one such as 127.0.0.1:8080 or [::]:8080",
            )
        })?;
        Ok(Self {
            listen,
            extra_hosts: extra_hosts(source)?,
            trusted_proxies: networks(source, "server.trusted_proxies")?,
        })
    }
}

fn extra_hosts(source: &Source) -> Result<Vec<String>, ConfigError> {
    const KEY: &str = "server.extra_hosts";
    let hosts = source.list(KEY).unwrap_or_default();
    for host in &hosts {
        let authority: Result<axum::http::uri::Authority, _> = host.parse();
        if authority.is_err() || host.contains('@') {
            let problem = format!("`{host}` is not a host with an optional port");
            return Err(ConfigError::value(KEY, problem, "set it to hosts such as [\"10.0.0.5:8080\"]"));
        }
    }
    Ok(hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect())
}

/// Networks that are a list of the configuration.
pub(super) fn networks(source: &Source, key: &str) -> Result<Vec<IpNet>, ConfigError> {
    let read = |text: String| {
        let network =
            text.parse::<IpNet>().or_else(|error| text.parse::<IpAddr>().map(IpNet::from).map_err(|_| error));
        network.map_err(|_| {
            let problem = format!("`{text}` is not a network");
            ConfigError::value(key, problem, "set it to networks such as [\"10.0.0.0/8\", \"::1/128\"]")
        })
    };
    source.list(key).unwrap_or_default().into_iter().map(read).collect()
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// A filter as `tracing_subscriber::EnvFilter` takes it: `info`, `vestibule_backend=debug,info`.
    pub level: String,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line; control characters in values are escaped (S113).
    Json,
}

impl Log {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        const FORMAT: &str = "log.format";
        const LEVEL: &str = "log.level";
        let format = match source.text_or(FORMAT, "text").as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => return Err(ConfigError::value(FORMAT, format!("`{other}`"), "set it to text or json")),
        };
        let level = source.text_or(LEVEL, "info");
        if tracing_subscriber::EnvFilter::try_new(&level).is_err() {
            return Err(ConfigError::value(
                LEVEL,
                format!("`{level}` is not a filter"),
                "set it to error, warn, info, debug or trace",
            ));
        }
        Ok(Self { format, level })
    }
}
