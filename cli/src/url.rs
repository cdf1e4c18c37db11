//! URLs from the command line, as a browser puts them to a PAC file.

use serde::Serialize;

use crate::error::CliError;

/// Longer addresses are no honest question.
const LONGEST: usize = 2_000;

/// What a PAC file is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Asked {
    /// Its first argument. Of an encrypted address browsers tell the file no
    /// more than scheme, host and port.
    pub(crate) url: String,
    /// Its second argument, in lower case.
    pub(crate) host: String,
}

/// Reads every URL; all mistakes at once.
pub(crate) fn asked(urls: &[String]) -> Result<Vec<Asked>, CliError> {
    CliError::all(urls.iter().map(|url| {
        read(url).map_err(|(fault, help)| CliError::Value {
            option: "URL",
            fault,
            help: Some(help),
        })
    }))
}

/// What is wrong, and what to do.
type Fault = (String, String);

fn read(url: &str) -> Result<Asked, Fault> {
    let shown: String = url.chars().take(80).collect();
    if url.len() > LONGEST {
        return Err((format!("`{shown}…` is too long"), format!("at most {LONGEST} bytes")));
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err((format!("`{shown}` holds a blank"), "write %20 for a blank".to_owned()));
    }
    let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return Err((format!("`{shown}` has no scheme"), with_scheme(url)));
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host_of(authority).ok_or_else(|| {
        let help = "a host is a name in ASCII letters or an address, with `:PORT` behind it or not";
        (format!("`{shown}` has no host that can be read"), help.to_owned())
    })?;
    let scheme = scheme.to_ascii_lowercase();
    let behind = behind.split('#').next().unwrap_or_default();
    let told = if matches!(scheme.as_str(), "https" | "wss") { "/" } else { behind };
    let told = if told.starts_with('/') { told.to_owned() } else { format!("/{told}") };
    let url = format!("{scheme}://{}{told}", authority.to_ascii_lowercase());
    Ok(Asked { url, host })
}

/// What to write where only the scheme is missing.
fn with_scheme(url: &str) -> String {
    let host = url.trim_start_matches('/');
    let slash = if host.contains('/') { "" } else { "/" };
    let whole = format!("https://{host}{slash}");
    match read(&whole) {
        Ok(_) => format!("write `{whole}`"),
        Err(_) => "a URL begins with `https://` or `http://`".to_owned(),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`.
fn host_of(authority: &str) -> Option<String> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, behind) = rest.split_once(']')?;
            address.parse::<std::net::Ipv6Addr>().ok()?;
            (address, behind)
        }
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port_reads = port.is_empty()
        || port.strip_prefix(':').and_then(|port| port.parse::<u16>().ok()).is_some_and(|n| n > 0);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let reads = !host.is_empty() && host.chars().all(plain) && port_reads;
    reads.then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(url: &str) -> (String, String) {
        let asked = read(url).unwrap_or_else(|(fault, _)| panic!("{fault}"));
        (asked.url, asked.host)
    }

    fn pair(url: &str, host: &str) -> (String, String) {
        (url.to_owned(), host.to_owned())
    }

    #[test]
    fn an_encrypted_address_is_told_without_its_path() {
        let expected = pair("https://desk.example:8443/", "desk.example");
        assert_eq!(given("HTTPS://me:pw@Desk.Example:8443/a?b#c"), expected);
        assert_eq!(given("https://desk.example?b"), pair("https://desk.example/", "desk.example"));
        assert_eq!(
            given("https://[2001:DB8::1]:80"),
            pair("https://[2001:db8::1]:80/", "2001:db8::1")
        );
    }

    #[test]
    fn a_plain_address_is_told_whole() {
        assert_eq!(given("http://Desk/A?b#c"), pair("http://desk/A?b", "desk"));
        assert_eq!(given("http://desk?b"), pair("http://desk/?b", "desk"));
    }

    #[test]
    fn what_is_no_url_is_refused_with_what_to_write() {
        let fault = |url: &str| read(url).expect_err(url);
        let help = "write `https://turn.example/`".to_owned();
        assert_eq!(fault("turn.example"), ("`turn.example` has no scheme".to_owned(), help));
        assert_eq!(fault("turn.example:443/x").1, "write `https://turn.example:443/x`");
        for url in [
            "https://",
            "https:///x",
            "https://a:0/",
            "https://a:b/",
            "https://[::g]/",
            "https://é/",
        ] {
            assert!(fault(url).0.contains("no host"), "{url}");
        }
        assert!(fault("ftp:/x").1.starts_with("a URL begins"));
        assert!(fault("https://a b/").0.contains("blank"));
        assert!(fault(&format!("https://a/{}", "b".repeat(3_000))).0.contains("too long"));
    }
}
