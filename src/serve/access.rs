//! Who may ask: bearer tokens, signatures over the body, the proxy's word; and from which page.

use axum::http::{HeaderMap, HeaderName, Method, Uri, header};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// A token that opens the gate. Only its hash is kept.
#[derive(Clone)]
pub struct Token {
    /// Whose it is: what decisions are signed with.
    pub name: String,
    /// What its owner may do.
    pub role: Option<String>,
    digest: [u8; 32],
}

impl Token {
    /// A token as the client sends it.
    pub fn new(name: impl Into<String>, role: Option<String>, token: &str) -> Self {
        Self { name: name.into(), role, digest: Sha256::digest(token).into() }
    }

    /// A token of which only the SHA-256 is known, in hexadecimal digits.
    pub fn hashed(name: impl Into<String>, role: Option<String>, digest: &str) -> Option<Self> {
        let digest = digits(digest)?.try_into().ok()?;
        Some(Self { name: name.into(), role, digest })
    }
}

/// Who may ask.
#[derive(Default)]
pub struct Access {
    /// Tokens, for `Authorization: Bearer` and, in a browser, as the password.
    pub tokens: Vec<Token>,
    /// Secrets that bodies of webhooks are signed with.
    pub secrets: Vec<Vec<u8>>,
    /// The header in which a proxy in front says who asks.
    pub user_header: Option<HeaderName>,
    /// The header in which it says as what.
    pub role_header: Option<HeaderName>,
    /// Names that this server answers to, where anybody on the machine may ask: a page on the web must not be able to
    /// reach it under a name of its own.
    pub hosts: Option<Vec<String>>,
}

/// Who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The name of the token, or what the proxy says.
    pub name: Option<String>,
    /// The role of the token, or what the proxy says.
    pub role: Option<String>,
    /// Known by a signature alone: may have texts checked, and nothing else.
    pub signed: bool,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    /// No name of this server, or none at all.
    Host,
    /// A page of another site asks.
    Origin,
    /// No token, a wrong one, or more than one.
    Token,
    /// A signature that does not fit the body.
    Signature,
}

/// Headers that carry a signature, with what stands before its digits.
const SIGNATURES: [(&str, &str); 3] = [
    ("x-superdesk-signature", "sha1="),
    ("x-websked-signature", "sha256="),
    ("x-hub-signature-256", "sha256="),
];

impl Access {
    /// Whether anybody who can reach the port may ask.
    pub(super) fn is_open(&self) -> bool {
        self.tokens.is_empty() && self.secrets.is_empty()
    }

    /// What does not need the body: by which name, and from where.
    pub(super) fn place(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Denied> {
        let host = uri.authority().map(|authority| authority.as_str().to_owned());
        let host = host.or_else(|| single(headers, &header::HOST).ok().flatten().map(str::to_owned));
        let host = host.ok_or(Denied::Host)?;
        if let Some(known) = &self.hosts
            && !known.iter().any(|known| known.eq_ignore_ascii_case(name_of(&host)))
        {
            return Err(Denied::Host);
        }
        if method.is_safe() {
            return Ok(());
        }
        let origin = single(headers, &header::ORIGIN).map_err(|()| Denied::Origin)?;
        let own = |origin: &str| {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(&host))
        };
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let foreign = matches!(site, Some("cross-site" | "same-site"));
        if origin.is_some_and(|origin| !own(origin)) || foreign { Err(Denied::Origin) } else { Ok(()) }
    }

    /// Who asks, by token, signature or proxy.
    pub(super) fn caller(&self, headers: &HeaderMap, body: &[u8]) -> Result<Caller, Denied> {
        let known = if self.is_open() { Caller::default() } else { self.known(headers, body)? };
        if known.signed {
            return Ok(known);
        }
        let word = |name: &Option<HeaderName>| {
            let value = single(headers, name.as_ref()?).ok()??;
            Some(value.trim().chars().take(200).collect::<String>()).filter(|value| !value.is_empty())
        };
        Ok(Caller {
            name: word(&self.user_header).or(known.name),
            role: word(&self.role_header).or(known.role),
            signed: false,
        })
    }

    fn known(&self, headers: &HeaderMap, body: &[u8]) -> Result<Caller, Denied> {
        let given = single(headers, &header::AUTHORIZATION).map_err(|()| Denied::Token)?;
        if let Some(given) = given {
            let token = presented(given).ok_or(Denied::Token)?;
            let digest: [u8; 32] = Sha256::digest(token).into();
            // Every token is compared, and every byte of each: time tells nothing.
            let mut found: Option<&Token> = None;
            for token in &self.tokens {
                let same: Choice = token.digest.ct_eq(&digest);
                if bool::from(same) {
                    found = Some(token);
                }
            }
            let token = found.ok_or(Denied::Token)?;
            return Ok(Caller { name: Some(token.name.clone()), role: token.role.clone(), signed: false });
        }
        let mut signed = false;
        for (name, prefix) in SIGNATURES {
            let name = HeaderName::from_static(name);
            let Some(given) = single(headers, &name).map_err(|()| Denied::Signature)? else { continue };
            let given = given.strip_prefix(prefix).unwrap_or(given);
            let given = digits(given).ok_or(Denied::Signature)?;
            let fits = self.secrets.iter().fold(false, |fits, secret| {
                fits | if prefix == "sha1=" {
                    verifies::<Hmac<Sha1>>(secret, body, &given)
                } else {
                    verifies::<Hmac<Sha256>>(secret, body, &given)
                }
            });
            if !fits {
                return Err(Denied::Signature);
            }
            signed = true;
        }
        if signed { Ok(Caller { signed, ..Caller::default() }) } else { Err(Denied::Token) }
    }
}

/// Whether a code is that of the body under the secret; as long as it takes, whatever the answer.
fn verifies<M: Mac + KeyInit>(secret: &[u8], body: &[u8], given: &[u8]) -> bool {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret) else { return false };
    mac.update(body);
    mac.verify_slice(given).is_ok()
}

/// The only value of a header. One that is there twice is an error: two readers might choose differently.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        (Some(_), Some(_)) => Err(()),
    }
}

/// The token of `Bearer TOKEN`, or the password of `Basic`, which is what a browser can be asked for.
fn presented(given: &str) -> Option<Vec<u8>> {
    let (scheme, rest) = given.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().as_bytes().to_vec());
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = base64(rest.trim())?;
        let colon = decoded.iter().position(|&byte| byte == b':')?;
        return decoded.get(colon + 1..).map(<[u8]>::to_vec);
    }
    None
}

/// The host without its port.
fn name_of(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Bytes of hexadecimal digits.
fn digits(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    if text.is_empty() || text.len() % 2 == 1 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    text.chunks(2).map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8)).collect()
}

/// Bytes of base 64.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut group, mut bits) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        group = (group << 6 | u32::from(value)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((group >> bits) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs.map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value"))).fold(
            HeaderMap::new(),
            |mut all, (name, value)| {
                all.append(name, value);
                all
            },
        )
    }

    fn access() -> Access {
        Access {
            tokens: vec![
                Token::new("desk", Some("editor".into()), "open sesame"),
                Token::hashed("night", None, &"ab".repeat(32)).expect("a hash"),
            ],
            secrets: vec![b"Jefe".to_vec()],
            ..Access::default()
        }
    }

    #[test]
    fn a_token_is_whole_and_there_once() {
        let who = |pairs: &[(&'static str, &str)]| access().caller(&headers(pairs), b"");
        let desk = Caller { name: Some("desk".into()), role: Some("editor".into()), ..Caller::default() };
        assert_eq!(who(&[("authorization", "Bearer open sesame")]), Ok(desk.clone()));
        // `desk:open sesame`
        assert_eq!(who(&[("authorization", "Basic ZGVzazpvcGVuIHNlc2FtZQ==")]), Ok(desk));
        for wrong in ["Bearer open", "Bearer open sesame2", "Bearer", "open sesame", "Basic !", "Digest x"] {
            assert_eq!(who(&[("authorization", wrong)]), Err(Denied::Token), "{wrong}");
        }
        assert_eq!(who(&[]), Err(Denied::Token));
        let twice = [("authorization", "Bearer open sesame"), ("authorization", "Bearer open sesame")];
        assert_eq!(who(&twice), Err(Denied::Token));
    }

    #[test]
    fn signatures_fit_the_body() {
        // The second case of RFC 2202 and of RFC 4231.
        let body = b"what do ya want for nothing?";
        let one = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
        let two = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let who = |pairs: &[(&'static str, &str)], body: &[u8]| access().caller(&headers(pairs), body);
        let signed = Ok(Caller { signed: true, ..Caller::default() });
        assert_eq!(who(&[("x-superdesk-signature", &format!("sha1={one}"))], body), signed);
        assert_eq!(who(&[("x-websked-signature", two)], body), signed);
        assert_eq!(who(&[("x-hub-signature-256", &format!("sha256={two}"))], body), signed);
        let denied = Err(Denied::Signature);
        assert_eq!(who(&[("x-superdesk-signature", &format!("sha1={one}"))], b"other"), denied);
        assert_eq!(who(&[("x-hub-signature-256", "sha256=")], body), denied);
        assert_eq!(who(&[("x-hub-signature-256", one)], body), denied);
        assert_eq!(
            who(&[("x-websked-signature", two), ("x-hub-signature-256", &"00".repeat(32))], body),
            denied
        );
        assert_eq!(who(&[("x-websked-signature", two), ("x-websked-signature", two)], body), denied);
    }

    #[test]
    fn pages_of_others_are_kept_out() {
        let access = Access { hosts: Some(vec!["localhost".into(), "::1".into()]), ..Access::default() };
        let uri = Uri::from_static("/v1/check");
        let place =
            |method: Method, pairs: &[(&'static str, &str)]| access.place(&method, &uri, &headers(pairs));
        assert_eq!(place(Method::POST, &[("host", "LOCALHOST:8377")]), Ok(()));
        assert_eq!(place(Method::GET, &[("host", "[::1]:8377")]), Ok(()));
        assert_eq!(place(Method::GET, &[("host", "evil.example:8377")]), Err(Denied::Host));
        assert_eq!(place(Method::GET, &[]), Err(Denied::Host));
        let own = [("host", "localhost:1"), ("origin", "http://localhost:1")];
        assert_eq!(place(Method::POST, &own), Ok(()));
        let other = [("host", "localhost:1"), ("origin", "https://evil.example")];
        assert_eq!(place(Method::POST, &other), Err(Denied::Origin));
        assert_eq!(place(Method::POST, &[("host", "localhost:1"), ("origin", "null")]), Err(Denied::Origin));
        let cross = [("host", "localhost:1"), ("sec-fetch-site", "cross-site")];
        assert_eq!(place(Method::POST, &cross), Err(Denied::Origin));
    }

    #[test]
    fn the_proxy_says_who_asks() {
        let access = Access {
            user_header: Some(HeaderName::from_static("x-forwarded-user")),
            role_header: Some(HeaderName::from_static("x-forwarded-role")),
            ..access()
        };
        let given = [
            ("authorization", "Bearer open sesame"),
            ("x-forwarded-user", "m.berg"),
            ("x-forwarded-role", "chief"),
        ];
        let caller = access.caller(&headers(&given), b"").expect("let in");
        assert_eq!((caller.name.as_deref(), caller.role.as_deref()), (Some("m.berg"), Some("chief")));
        // Its word opens nothing.
        assert_eq!(access.caller(&headers(&given[1..]), b""), Err(Denied::Token));
    }
}
