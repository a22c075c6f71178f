internal import Ground
internal import Store

/// What an option or argument takes.
enum ValueType: Hashable, Sendable {
    /// Anything, nothing too.
    case anything
    case text
    case file
    /// Text that the store or the configuration may know.
    case known(CompletionKind)
    /// The words of a command.
    case command
    case word([String])
    case count(ClosedRange<Int64>)
    /// A number that names something the store knows.
    case id(CompletionKind)
    /// Seconds, or a number with s, m, h or d.
    case duration(ClosedRange<Int64>)
    /// RFC 3339 or a date; `ago`: or a duration, which stands for that long ago.
    case time(ago: Bool)
    /// Of a certificate: hexadecimal digits.
    case serial
    case head

    static func word<Word: CaseIterable & RawRepresentable>(of type: Word.Type) -> ValueType
    where Word.RawValue == String {
        .word(type.allCases.map(\.rawValue))
    }

    /// The value that `text` stands for; nil when it is not what is expected.
    func parse(_ text: String, now: Timestamp) -> ParsedValue? {
        switch self {
        case .anything, .text, .file, .known, .command: .text(text)
        case .word(let words): words.contains(text) ? .text(text) : nil
        case .count(let range): Self.number(text, in: range)
        case .id: Self.number(text, in: 1...Int64.max)
        case .duration(let range): Self.duration(text, in: range).map { .number($0) }
        case .time(let ago): Self.time(text, ago: ago, now: now).map { .time($0) }
        case .serial: Self.serial(text).map { .text($0) }
        case .head: AuditHead(text).map { .head($0) }
        }
    }

    /// What would have been right, behind `takes`.
    var expectation: String {
        switch self {
        case .anything, .text, .known: "text"
        case .command: "the words of a command"
        case .file: "the name of a file"
        case .word(let words) where words.count == 1: "'\(words[0])' alone"
        case .word(let words):
            words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
        case .count(let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .id: "a whole number from 1 to \(Int64.max)"
        case .duration(let range):
            "a duration like 30, 45s or 5m, from \(range.lowerBound) to \(range.upperBound) seconds"
        case .time(ago: false): "a time like 2026-11-23T14:05:00Z, or a date"
        case .time(ago: true): "a time like 2026-11-23T14:05:00Z, a date, or 7d for seven days ago"
        case .serial: "hexadecimal digits, with or without colons"
        case .head: "SEQUENCE:HASH, a number and 64 hexadecimal digits"
        }
    }

    /// A number without sign, of ASCII digits alone; nil also when it is too large.
    static func digits(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        return Int64(text)
    }

    private static func number(_ text: String, in range: ClosedRange<Int64>) -> ParsedValue? {
        guard let number = digits(text), range.contains(number) else { return nil }
        return .number(number)
    }

    private static func duration(_ text: String, in range: ClosedRange<Int64>) -> Int64? {
        let unit: Int64? =
            switch text.last {
            case "s": 1
            case "m": 60
            case "h": 3600
            case "d": 86_400
            default: nil
            }
        guard let number = digits(unit == nil ? text : String(text.dropLast())) else { return nil }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
        return !overflow && range.contains(seconds) ? seconds : nil
    }

    private static func time(_ text: String, ago: Bool, now: Timestamp) -> Timestamp? {
        if let time = Timestamp(rfc3339: text) { return time }
        // A date is its first second, in UTC.
        if let time = Timestamp(rfc3339: text + "T00:00:00Z") { return time }
        // A bare number is not taken for seconds: it is more likely a slip.
        guard ago, digits(text) == nil, let seconds = duration(text, in: 0...4_000_000_000) else {
            return nil
        }
        return now.advanced(by: -seconds)
    }

    /// As we print it: pairs of upper-case digits, without separators and leading zero octets, a minus
    /// before a negative number.
    private static func serial(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        var digits = isNegative ? text.dropFirst() : text[...]
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") { digits = digits.dropFirst(2) }
        digits.removeAll { $0 == ":" }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0.hexadecimalValue != nil }) else {
            return nil
        }
        let significant = digits.drop { $0 == "0" }.uppercased()
        if significant.isEmpty { return "00" }
        let even = significant.count % 2 == 0 ? significant : "0" + significant
        return (isNegative ? "-" : "") + even
    }

    /// Whether it is a negative serial as we print it: no option begins with a digit or a capital.
    static func isNegativeSerial(_ text: String) -> Bool {
        guard text.hasPrefix("-"), let first = text.dropFirst().first,
            first.isASCII, first.isNumber || first.isUppercase
        else { return false }
        return serial(text) != nil
    }
}

/// An argument of a command.
struct ArgumentDescription: Sendable {
    let name: String
    let type: ValueType
    let required: Bool
    /// Whether all further words belong to it too.
    let repeats: Bool
    let summary: String

    init<Value>(
        _ key: ArgumentKey<Value>, _ type: ValueType, required: Bool = true, repeats: Bool = false,
        _ summary: String
    ) {
        name = key.name
        self.type = type
        self.required = required
        self.repeats = repeats
        self.summary = summary
    }

    /// As in `USER`, `[USER]` or `TEXT ...`.
    var shape: String {
        let words = repeats ? "\(name) ..." : name
        return required ? words : "[\(words)]"
    }
}

/// Words that only the store or the configuration knows; the shells ask `lockstep __complete` for them.
enum CompletionKind: String, Sendable, CaseIterable {
    case users
    case reasons
    case directories
    /// Serials of credentials.
    case serials
    /// Serials of certificates.
    case certificates
    /// Processes that are not finished.
    case processes
    /// Processes that wait for approval.
    case requests
    /// Plans of stopped runs.
    case plans
    case receivers
}
