/// What may stand behind a bar in a template.
package enum TemplateFilter: String, Hashable, Sendable, CaseIterable {
    case lowercase
    case uppercase
    case trim
    case date
}
