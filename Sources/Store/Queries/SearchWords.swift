/// The words of a text as FTS5's `unicode61` cuts them, to search `user_words` for.
///
/// FTS5 has a query language of its own, and `detail = none` takes no phrases: whatever a person
/// typed is cut here into single words, so that none of it is ever read as syntax.
enum SearchWords {
    static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isWordCharacter(scalar, continuing: !word.isEmpty) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word.removeAll()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    /// A query for rows that have all of `words`; nil where there is no word.
    static func query(all words: [String], asPrefixes: Bool) -> String? {
        guard !words.isEmpty else { return nil }
        return words.map { asPrefixes ? "\"\($0)\"*" : "\"\($0)\"" }.joined(separator: " ")
    }

    /// Letters, numbers and private use, as the tokenizer has it (fts5.html, 4.3.1).
    ///
    /// Of Unicode 6.1, the version of SQLite's tables: a younger letter is a separator to it, which
    /// would make a phrase of its word.
    private static func isWordCharacter(_ scalar: Unicode.Scalar, continuing: Bool) -> Bool {
        let properties = scalar.properties
        if let age = properties.age, (age.major, age.minor) > (6, 1) { return false }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .privateUse:
            return true
        case .nonspacingMark:
            // Accents that stand behind their letter; SQLite drops those of Latin, Greek, Cyrillic.
            return continuing && (0x300...0x36f).contains(scalar.value)
        default:
            return false
        }
    }
}
