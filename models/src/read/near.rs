//! The nearest known word to a mistyped one.

use strsim::damerau_levenshtein;

/// The known word nearest to `word`: at most two letters wrong and not half of
/// it; ties go to the first in alphabetical order.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let small = word.to_lowercase();
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && *candidate != word)
        .map(|candidate| (damerau_levenshtein(&small, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let length = word.chars().count().max(candidate.chars().count());
            *distance <= 2 && distance * 2 <= length
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?`, where a known word is near.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

/// Words in a row, the first dozen of them.
pub fn few(words: &[&str]) -> String {
    const SHOWN: usize = 12;
    match words.len().checked_sub(SHOWN) {
        None | Some(0) => words.join(", "),
        Some(more) => format!("{} and {more} more", words[..SHOWN].join(", ")),
    }
}

/// Words that lead in a circle; of a long one its beginning and end.
pub fn circle(words: &[&str]) -> String {
    const SHOWN: usize = 12;
    if words.len() <= SHOWN {
        return words.join(" → ");
    }
    let (head, tail) = (&words[..SHOWN / 2], &words[words.len() - SHOWN / 2..]);
    format!("{} → … → {}", head.join(" → "), tail.join(" → "))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words() {
        assert_eq!(nearest("vpn-wset", ["vpn-east", "vpn-west"]), Some("vpn-west"));
        assert_eq!(nearest("Leeds", ["leeds"]), Some("leeds"));
        assert_eq!(nearest("vpn", ["vdi"]), None);
        assert_eq!(nearest("abcd", ["abcf", "abce"]), Some("abce"));
    }
}
