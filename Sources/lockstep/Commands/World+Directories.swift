internal import Configuration

extension World {
    /// The directories that the command is about: the one that `--directory` names, or all.
    func directories(_ settings: Settings) throws -> [DirectorySettings] {
        guard let name = command.value(.directory) else { return settings.directories }
        guard let only = settings.directories.first(where: { $0.name == name }) else {
            let names = settings.directories.map(\.name).joined(separator: ", ")
            throw Ending(
                .refused, "there is no directory “\(name)”", hint: "Directories: \(names).")
        }
        return [only]
    }
}
