/// Text with parts that are filled in: `Locked {now|date} by {operator}`.
///
/// A part is a name with filters behind bars. A template of which a part has no value has no value.
package struct Template: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case literal(String)
        case value(name: String, filters: [TemplateFilter])
    }

    package let parts: [Part]
    /// As the configuration has it.
    package let source: String

    package init(parts: [Part], source: String) {
        self.parts = parts
        self.source = source
    }
}
