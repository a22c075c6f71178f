internal import CCrypto

/// OpenSSL's queue of errors, which belongs to the thread: taken as words, and left empty.
enum OpenSSLWords {
    /// Foreign words that a person may get to read end here.
    private static let limit = 1024

    /// The reasons of all that went wrong, the first cause first, each once; `fallback` where OpenSSL
    /// has nothing to say.
    static func take(orElse fallback: String) -> String {
        var reasons: [String] = []
        while true {
            var data: UnsafePointer<CChar>?
            var flags: Int32 = 0
            let code = unsafe ERR_get_error_all(nil, nil, nil, &data, &flags)
            guard code != 0 else { break }
            var words =
                unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
                ?? "error \(code)"
            if flags & ERR_TXT_STRING != 0, let data = unsafe data {
                let details = plain(unsafe String(cString: data))
                if !details.isEmpty { words += " (\(details))" }
            }
            if !reasons.contains(words) { reasons.append(words) }
        }
        return reasons.isEmpty ? fallback : String(reasons.joined(separator: ", ").prefix(limit))
    }

    static func forget() {
        ERR_clear_error()
    }

    /// What another side says may hold anything: no control character goes on from here.
    static func plain(_ text: String) -> String {
        let visible = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return String(visible.joined().prefix(limit))
    }
}
