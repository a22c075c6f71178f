internal import Ground

extension Field {
    func boolean() -> Bool? {
        if case .scalar(let scalar) = node.content, scalar.isPlain {
            if scalar.text == "true" { return true }
            if scalar.text == "false" { return false }
        }
        if node.content == .unusable { return nil }
        reject("neither true nor false; write one of them, in lower case and without quotes")
        return nil
    }

    /// A whole number in the key's range.
    func integer() -> Int? {
        guard let text = text() else { return nil }
        guard case .integer(let range) = KeyTable.key(place)?.kind else { return nil }
        guard let number = Self.number(text), range.contains(number) else {
            reject(
                "\(shown(text)) is no number from \(range.lowerBound) to \(range.upperBound); "
                    + "write digits alone")
            return nil
        }
        return number
    }

    /// Seconds.
    func duration() -> Int64? {
        guard let text = text() else { return nil }
        guard case .duration(let least) = KeyTable.key(place)?.kind else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = text.last, let unit = units[last],
            let number = Self.number(text.dropLast())
        else {
            reject(
                "\(shown(text)) is no duration; "
                    + "write digits and s, m, h or d, such as 30s or 24h")
            return nil
        }
        let (seconds, overflow) = Int64(number).multipliedReportingOverflow(by: unit)
        guard !overflow, seconds <= Self.longestDuration else {
            reject("\(shown(text)) is longer than ten years; write a shorter time")
            return nil
        }
        guard seconds >= least else {
            reject("\(shown(text)) is no time at all; write at least \(least)s")
            return nil
        }
        return seconds
    }

    /// A number, or a percentage up to 100.
    func limit() -> LimitSettings.Limit? {
        guard let text = text() else { return nil }
        if text.hasSuffix("%"), let percent = Self.number(text.dropLast()), percent <= 100 {
            return .percent(percent)
        }
        if let count = Self.number(text) { return .count(count) }
        reject("\(shown(text)) is no limit; write a number such as 50, or 0% to 100%")
        return nil
    }

    /// One of a type's words.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word?
    where Word.RawValue == String {
        word(among: Word.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
    }

    /// One of a type's words, or nil inside for `auto`.
    func wordOrAuto<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word??
    where Word.RawValue == String {
        let words = ["auto"] + Word.allCases.map(\.rawValue)
        return word(among: words).map(Word.init(rawValue:))
    }

    func word(among words: [String]) -> String? {
        guard let text = text() else { return nil }
        if words.contains(text) { return text }
        reject(
            "\(shown(text)) is not known here; allowed: \(words.joined(separator: ", "))",
            suggestion: place.isSecret ? nil : Spelling.nearest(to: text, in: words))
        return nil
    }

    /// An absolute path; a relative one was relative to the file's folder.
    func path() -> String? {
        guard let text = text() else { return nil }
        guard text != "~", !text.hasPrefix("~/") else {
            reject("~ does not stand for a home folder here; write the whole path")
            return nil
        }
        return reading.absolute(text)
    }

    private static let longestDuration: Int64 = 10 * 366 * 86_400

    /// Up to nine digits and nothing else.
    private static func number(_ text: some StringProtocol) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(digits.contains) else {
            return nil
        }
        return Int(text)
    }
}
