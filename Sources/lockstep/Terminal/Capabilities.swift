internal import Glibc

/// What the other end of a descriptor can show.
struct Capabilities: Hashable, Sendable {
    var isTerminal: Bool
    /// Columns of the terminal; nil where lines may be of any length.
    var width: Int?
    var colors: Bool

    /// A file or a pipe.
    static let none = Capabilities(isTerminal: false, width: nil, colors: false)

    init(isTerminal: Bool, width: Int?, colors: Bool) {
        self.isTerminal = isTerminal
        self.width = width
        self.colors = colors
    }

    /// Colours only on a terminal that knows them, and not with `--no-color` or `NO_COLOR` (no-color.org).
    init(descriptor: Int32, environment: Environment, noColor: Bool) {
        isTerminal = isatty(descriptor) == 1
        width = isTerminal ? Self.columns(of: descriptor, environment) : nil
        colors =
            isTerminal && !noColor && environment["NO_COLOR"] == nil
            && environment["TERM"] != nil && environment["TERM"] != "dumb"
    }

    private static func columns(of descriptor: Int32, _ environment: Environment) -> Int {
        if let set = environment["COLUMNS"].flatMap({ Int($0) }), (20...1000).contains(set) {
            return set
        }
        var size = winsize()
        let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
        return result == 0 && size.ws_col >= 20 ? Int(size.ws_col) : 80
    }
}

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
