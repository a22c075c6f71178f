internal import Glibc

/// A NULL-terminated array of C strings; freed with its owner.
@safe struct CStrings: ~Copyable {
    private var strings: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) {
        unsafe strings = []
        for text in texts { unsafe strings.append(strdup(text)) }
        unsafe strings.append(nil)
    }

    deinit {
        for index in unsafe strings.indices { unsafe free(strings[index]) }
    }

    /// Lends the array; nil for an empty one, which libldap takes for *everything*.
    mutating func lend(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
    ) -> Int32 {
        guard unsafe strings.count > 1 else { return body(nil) }
        return unsafe strings.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}
