/// Text with parts that are filled in: `Locked {now|date} by {operator}`.
///
/// A part is a name with filters behind bars; `{{` and `}}` stand for the braces themselves. A
/// template of which a part has no value has no value.
package struct Template: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case literal(String)
        case value(name: String, filters: [TemplateFilter])
    }

    package let parts: [Part]
    /// As the configuration has it.
    package let source: String

    /// Parses `source`; names are not looked at, space around names and filters is dropped.
    package init(parsing source: String) throws(TemplateError) {
        var parser = TemplateParser(source)
        parts = try parser.parts()
        self.source = source
    }

    /// The names of the parts, in order.
    package var names: [String] {
        parts.compactMap { part in
            switch part {
            case .literal: nil
            case .value(let name, _): name
            }
        }
    }

    /// The text with every part filled in, or nil where one has no value or an empty one.
    ///
    /// What `lookup` gives is put in as it is; braces in it mean nothing. `now` is to be RFC 3339.
    package func evaluate(_ lookup: (String) -> String?) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .value(let name, let filters):
                var value = lookup(name)
                for filter in filters { value = value.flatMap(filter.apply) }
                guard let value, !value.isEmpty else { return nil }
                text += value
            }
        }
        return text
    }
}
