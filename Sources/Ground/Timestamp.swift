/// An instant in whole seconds since 1970-01-01T00:00:00Z.
///
/// The clock is read once, in `lockstep`, and comes in by parameter everywhere else.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// 0000-01-01T00:00:00Z: what is before it can't be written.
    package static let earliest = Timestamp(seconds: CivilTime.range.lowerBound)

    package let seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds < right.seconds
    }

    /// The instant `duration` seconds later; the last or first there is where that overflows.
    package func advanced(by duration: Int64) -> Timestamp {
        let (sum, overflows) = seconds.addingReportingOverflow(duration)
        return Timestamp(seconds: overflows ? (duration > 0 ? .max : .min) : sum)
    }
}

extension Timestamp {
    /// Reads `2026-11-23T14:00:00Z` (RFC 3339, 5.6), also with an offset or a fraction.
    ///
    /// A fraction of a second is dropped.
    package init?(rfc3339 text: String) {
        var digits = Digits(text)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2),
            digits.skip("-"), let day = digits.number(2),
            digits.skip("T") || digits.skip("t") || digits.skip(" "),
            let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2),
            digits.skip(":"), let second = digits.number(2),
            let time = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        if digits.skip("."), digits.fraction(of: 1) == nil { return nil }
        guard let offset = digits.offset(colon: true), digits.isAtEnd else { return nil }
        self = time.timestamp.advanced(by: -offset)
    }

    /// `2026-11-23T14:00:00Z`: RFC 3339, in UTC, with seconds.
    package var rfc3339: String {
        let time = CivilTime(self)
        let date = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
        return date
            + "T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))Z"
    }

    /// Reads a GeneralizedTime (RFC 4517, 3.3.13), such as `20261123140000Z` or `2026112314.5+0130`.
    ///
    /// Minutes and seconds may be absent, the last part given may have a fraction (what is left of
    /// a second is dropped), and `Z` or an offset must be there.
    package init?(generalizedTime text: String) {
        var digits = Digits(text)
        guard let year = digits.number(4), let month = digits.number(2),
            let day = digits.number(2), let hour = digits.number(2)
        else { return nil }
        let minute = digits.number(2)
        let second = minute == nil ? nil : digits.number(2)
        guard
            let time = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute ?? 0,
                second: second ?? 0)
        else { return nil }
        var fraction: Int64 = 0
        if digits.skip(".") || digits.skip(",") {
            let unit: Int64 = minute == nil ? 3600 : second == nil ? 60 : 1
            guard let part = digits.fraction(of: unit) else { return nil }
            fraction = part
        }
        guard let offset = digits.offset(colon: false), digits.isAtEnd else { return nil }
        self = time.timestamp.advanced(by: fraction - offset)
    }

    /// `20261123140000Z`: GeneralizedTime, in UTC, with seconds.
    package var generalizedTime: String {
        let time = CivilTime(self)
        return padded(time.year, 4) + padded(time.month, 2) + padded(time.day, 2)
            + padded(time.hour, 2) + padded(time.minute, 2) + padded(time.second, 2) + "Z"
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// Walks over the octets of a date.
    private struct Digits {
        private var rest: Substring.UTF8View

        init(_ text: String) {
            rest = text[...].utf8
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard let first = rest.first, first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// A number of exactly that many digits; takes nothing where there are fewer.
        mutating func number(_ width: Int) -> Int64? {
            let digits = rest.prefix(width)
            guard digits.count == width, digits.allSatisfy(\.isASCIIDigit) else { return nil }
            rest = rest.dropFirst(width)
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }

        /// The digits behind a decimal sign as a part of `unit` seconds, rounded down.
        mutating func fraction(of unit: Int64) -> Int64? {
            let digits = rest.prefix(while: \.isASCIIDigit)
            guard !digits.isEmpty else { return nil }
            rest = rest[digits.endIndex...]
            // Nine digits are enough for the seconds of an hour, and can't overflow.
            let kept = digits.prefix(9)
            let numerator = kept.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
            let denominator = kept.reduce(Int64(1)) { product, _ in product * 10 }
            return numerator * unit / denominator
        }

        /// `Z`, `+02:00` or, without the colon, `+0200` and `+02`: seconds to the east.
        mutating func offset(colon: Bool) -> Int64? {
            if skip("Z") || colon && skip("z") { return 0 }
            let sign: Int64 = skip("-") ? -1 : 1
            guard sign == -1 || skip("+"), let hours = number(2), hours < 24 else { return nil }
            if colon, !skip(":") { return nil }
            let minutes = number(2)
            guard minutes ?? 0 < 60, !colon || minutes != nil else { return nil }
            return sign * (hours * 3600 + (minutes ?? 0) * 60)
        }
    }
}
