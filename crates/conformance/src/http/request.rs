//! A request, with exactly the headers that it is to have.

/// A request to the backend. Nothing is added to it but cookies and what HTTP itself needs.
#[derive(Clone, Debug)]
pub struct Request {
    /// Method.
    pub method: &'static str,
    /// Path, or absolute address.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// A request of a program: it takes JSON.
    pub fn new(method: &'static str, path: &str) -> Self {
        let accept = "application/vnd.vestibule.step+json, application/json, application/problem+json";
        Self { method, path: path.to_owned(), headers: Vec::new(), body: None }.header("accept", accept)
    }

    /// The same with a header set to a value, whatever it was.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Whether a header is set.
    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// The same as a browser sends it from a page of this origin.
    #[must_use]
    pub fn from_own_page(self, origin: &str) -> Self {
        self.header("origin", origin).header("sec-fetch-site", "same-origin")
    }

    /// The same as a browser sends it when a person opens an address.
    #[must_use]
    pub fn navigation(self) -> Self {
        self.header("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", "document")
            .header("sec-fetch-site", "none")
    }

    /// The same with a body of JSON.
    #[must_use]
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    /// The same with the fields of an HTML form.
    #[must_use]
    pub fn form(self, fields: &[(String, String)]) -> Self {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.body("application/x-www-form-urlencoded", body.finish().into_bytes())
    }

    /// The same with any body.
    #[must_use]
    pub fn body(self, media_type: &str, body: Vec<u8>) -> Self {
        Self { body: Some(body), ..self.header("content-type", media_type) }
    }

    /// The same with an idempotency key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }
}
