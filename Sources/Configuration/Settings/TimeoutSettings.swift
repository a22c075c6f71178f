/// Seconds.
package struct TimeoutSettings: Sendable {
    package var connect: Int64
    package var operation: Int64
}

extension TimeoutSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let connect = section.field("connect")?.duration()
        let operation = section.field("operation")?.duration()
        guard let connect, let operation else { return nil }
        self.init(connect: connect, operation: operation)
    }
}
