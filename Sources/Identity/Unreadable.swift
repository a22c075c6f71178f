package import Ground

/// Why a value that the store keeps can't be read: what goes on behind the name of its column.
package struct Unreadable: Error, Hashable, Sendable {
    package let because: String

    package init(_ because: String) {
        self.because = because
    }

    /// A word, a number or a flag that is none of those that are ever written.
    package static let unknown = Unreadable("holds what Lockstep never writes")
}

extension JSONValue {
    package func text(_ key: String) throws(Unreadable) -> String {
        guard let text = self[key]?.string else { throw Unreadable("has no text “\(key)”") }
        return text
    }

    /// Every element of an array, or nothing of it.
    package func elements<Value>(
        _ key: String, _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(Unreadable) -> [Value] {
        guard let value = self[key] else { throw Unreadable("has no list “\(key)”") }
        return try value.elements(decode)
    }

    package func elements<Value>(
        _ decode: (JSONValue) throws(Unreadable) -> Value
    ) throws(Unreadable) -> [Value] {
        guard let array else { throw Unreadable("holds something else where a list is due") }
        return try array.map(decode)
    }
}
