package import Configuration

extension CheckVerdict {
    /// Of a configuration that was read: one with a mistake never gets so far.
    package static func parsed(_ settings: Settings) -> CheckVerdict {
        let directories = settings.directories.map(\.name).joined(separator: ", ")
        return .ok(
            "\(settings.file) is right and can be changed by its owner alone; directories: "
                + "\(directories); reasons: \(settings.reasons.count)")
    }
}
