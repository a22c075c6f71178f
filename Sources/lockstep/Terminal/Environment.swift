internal import Glibc

/// The environment's variables, read where the program starts and passed on from there.
struct Environment: Sendable {
    private let read: @Sendable (String) -> String?

    /// That of this process.
    static var process: Environment {
        Environment { name in
            guard let value = unsafe getenv(name) else { return nil }
            return unsafe String(cString: value)
        }
    }

    init(read: @escaping @Sendable (String) -> String?) {
        self.read = read
    }

    init(_ variables: [String: String]) {
        read = { variables[$0] }
    }

    /// nil where the variable is unset or empty.
    subscript(name: String) -> String? {
        guard let value = read(name), !value.isEmpty else { return nil }
        return value
    }
}
