internal import Ground
@_spi(_Unicode) internal import Swift

extension String {
    /// What a directory compares text by (caseIgnoreMatch, RFC 4518 as slapd, 389 and AD do it).
    ///
    /// Every letter in lower case, canonically equivalent sequences made one (NFC: `e` and a combining
    /// acute accent equal `é`), space at the ends dropped and runs of it collapsed. Folds one letter to
    /// one letter: `ß` and `ss` stay two different names, because the three servers keep them apart, and
    /// taking one person for another is worse than not finding them. Compatibility forms (`ﬁ` for `fi`)
    /// are kept apart, too.
    package var directoryFolded: String {
        let bytes = utf8.span
        var hasUpper = false
        var isPlain = true
        var previous = UInt8(ascii: " ")
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 || byte == UInt8(ascii: " ") && previous == byte { isPlain = false }
            if byte.isASCIIUpper { hasUpper = true }
            previous = byte
        }
        if isEmpty || isPlain && previous != UInt8(ascii: " ") {
            return hasUpper ? asciiLowered : self
        }
        return Self.foldedByTable(bytes) ?? fullyFolded
    }

    /// What is left where the server folds more than `directoryFolded` does: accents and all space go, too.
    ///
    /// For one question alone, whether an answer can be the one that was asked for: Active Directory takes
    /// `José` for `Jose`, slapd `İ` for `i`, and phone numbers and some others are compared without space.
    package var widelyFolded: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return String(asciiLowered.filter { $0 != " " }) }
        var kept = UnicodeScalarView()
        for scalar in directoryFolded._nfd
        where scalar != " " && scalar.properties.generalCategory != .nonspacingMark {
            kept.append(scalar)
        }
        return String(kept)
    }

    private static func foldedByTable(_ bytes: Span<UInt8>) -> String? {
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: " ") {
                if let last = folded.last, last != UInt8(ascii: " ") { folded.append(0x20) }
                position += 1
            } else if !folded.appendFolded(bytes, &position) {
                return nil
            }
        }
        if folded.last == UInt8(ascii: " ") { folded.removeLast() }
        return String(decoding: folded, as: UTF8.self)
    }

    private var fullyFolded: String {
        var lowered = UnicodeScalarView()
        for scalar in unicodeScalars {
            // The final sigma is the one small letter whose capital is another's too.
            if scalar == "ς" {
                lowered.append("σ")
            } else {
                lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        // The standard library has no public way to a normal form, only to a comparison; its own
        // Foundation takes this one. A stored key needs the octets, a comparison is not enough.
        var squeezed = UnicodeScalarView()
        var pendingSpace = false
        for scalar in String(lowered)._nfc {
            if scalar == " " {
                pendingSpace = !squeezed.isEmpty
            } else {
                if pendingSpace { squeezed.append(" ") }
                pendingSpace = false
                squeezed.append(scalar)
            }
        }
        return String(squeezed)
    }
}
