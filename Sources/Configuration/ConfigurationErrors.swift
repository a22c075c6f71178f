/// Everything that is wrong in `lockstep.yaml`, by line; never empty.
package struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// As many as a person would read.
    package static let most = 100

    package let errors: [ConfigurationError]
    /// How many more there were.
    package let omitted: Int

    package init(_ errors: [ConfigurationError]) {
        let sorted = errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        self.errors = Array(sorted.prefix(Self.most))
        omitted = sorted.count - self.errors.count
    }

    /// A line each, without a newline at the end.
    package var description: String {
        var lines = errors.map(\.description)
        if omitted > 0 { lines.append("… and \(omitted) more") }
        return lines.joined(separator: "\n")
    }
}
