//! Addresses that the Internet does not route (INT-05).

use std::net::Ipv4Addr;

/// The 15 reserved blocks, as network and length.
const RESERVED: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// Whether a text is an address, or a block of them, that lies in a reserved
/// block; a name is not.
pub(crate) fn is_reserved(text: &str) -> bool {
    let (address, length) = text.split_once('/').unwrap_or((text, "32"));
    let (Ok(address), Ok(length)) = (address.parse::<Ipv4Addr>(), length.parse::<u32>()) else {
        return false;
    };
    RESERVED.iter().any(|(network, reserved)| {
        let start = |address: Ipv4Addr| u32::from(address) >> (32 - reserved);
        length >= *reserved && start(address) == start(Ipv4Addr::from(*network))
    })
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn reserved_blocks_begin_and_end_where_they_are_written() {
        let inside = "0.1.2.3 10.255.0.1 100.64.0.1 100.127.255.255 127.0.0.1 169.254.9.9 \
                      172.31.0.1 192.0.0.8 192.0.2.1 192.88.99.1 192.168.7.0/24 198.19.255.255 \
                      198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255";
        for address in inside.split_whitespace() {
            assert!(is_reserved(address), "{address}");
        }
        let outside = "1.0.0.0 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.0 172.32.0.1 \
                       192.0.1.1 192.0.3.1 192.88.98.1 192.167.1.1 198.17.0.1 198.20.0.1 \
                       203.0.114.1 223.255.255.255 10.0.0.0/7 2001:db8::1 nat-a 10";
        for address in outside.split_whitespace() {
            assert!(!is_reserved(address), "{address}");
        }
    }
}
