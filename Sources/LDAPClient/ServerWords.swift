extension String {
    /// As much of what a server says as anybody is told: a kilobyte, on one line, without control characters.
    var boundedWords: String {
        let most = 1_024
        let isShort = utf8.count <= most
        guard !isShort || unicodeScalars.contains(where: \.isControl) else { return self }
        var words = UnicodeScalarView()
        // "…" has three octets.
        var left = isShort ? most : most - 3
        for scalar in unicodeScalars {
            left -= UTF8.width(scalar)
            if left < 0 { break }
            words.append(scalar.isControl ? " " : scalar)
        }
        if !isShort { words.append("…") }
        return String(words)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}

/// What the password of a connection's bind is known by, to strike it out of what the server says.
///
/// The password itself is wiped once it was sent: its length and a hash are enough to find it.
struct Secret {
    private var count = 0
    private var hash = 0

    mutating func keep(_ password: [UInt8]) {
        count = password.count
        hash = Self.hash(password[...])
    }

    /// The words with `•••` wherever they have the password.
    ///
    /// One or two letters stand in many words, and striking them out would say what they are.
    func struckOut(of words: String) -> String {
        // Nobody is told more than a kilobyte of it.
        let text = Array(words.utf8.prefix(4_096 + 2 * count))
        guard count > 2, text.count >= count else { return words }
        var kept: [UInt8] = []
        var place = 0
        // Where it was cut, a part of the password may stand.
        let end = text.count < words.utf8.count ? text.count - count : text.count
        while place < end {
            if place + count <= text.count, Self.hash(text[place..<(place + count)]) == hash {
                kept += Array("•••".utf8)
                place += count
            } else {
                kept.append(text[place])
                place += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// Seeded anew by each process.
    private static func hash(_ octets: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        for octet in octets { hasher.combine(octet) }
        return hasher.finalize()
    }
}
