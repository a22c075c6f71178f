package enum DriftPolicy: String, Sendable, CaseIterable {
    case enforce
    case report
}
