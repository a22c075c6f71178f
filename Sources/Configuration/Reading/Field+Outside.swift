internal import Ground

/// What lies outside: addresses of the web, and programs.
extension Field {
    /// `http://host[:port][/path]` or `https`, as it is written.
    func webAddress() -> String? {
        guard let text = text() else { return nil }
        if Self.isWebAddress(text) { return text }
        reject(
            "\(shown(text)) is no address here; write http://host/path or https://host/path, "
                + "without a name or password in it")
        return nil
    }

    /// A web address as it is written, or the absolute path of a file.
    func location() -> String? {
        guard let text = text() else { return nil }
        guard text.contains("://") else { return path() }
        return webAddress()
    }

    /// A program, its path absolute, with its arguments.
    func program() -> [String]? {
        guard let items = items() else { return nil }
        guard let words = items.readAll({ $0.text() }) else { return nil }
        guard let path = words.first else {
            reject("the list is empty; write the program's absolute path, and its arguments")
            return nil
        }
        guard path.hasPrefix("/") else {
            items[0].reject("\(shown(path)) is not absolute; write the program's path from / on")
            return nil
        }
        return words
    }

    private static func isWebAddress(_ text: String) -> Bool {
        let scheme = ["http://", "https://"].first { text.hasPrefix($0) }
        guard let scheme, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return false
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        return !authority.isEmpty && !authority.contains("@") && !rest.contains("#")
            && !authority.hasPrefix(":")
    }
}
