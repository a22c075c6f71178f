extension Settings {
    /// The largest file that is read.
    package static let mostBytes = 1_048_576

    /// Reads `lockstep.yaml`, which only root or the caller may be able to write.
    ///
    /// `path` is absolute. `callerUID` is the effective user. `passwordFile` is
    /// `LOCKSTEP_PASSWORD_FILE` made absolute, nil where it is not set: it takes the place of the
    /// one directory's password. Everything that is wrong is thrown at once.
    package static func load(
        path: String, callerUID: UInt32, passwordFile: String? = nil
    ) throws(ConfigurationErrors) -> Settings {
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try TrustedFile(owners: [0, callerUID], most: mostBytes).read(path)
        } catch {
            let reading = Reading(file: path, passwordFile: nil)
            reading.reject(at: .wholeFile, path: "", error.message)
            throw ConfigurationErrors(reading.errors)
        }
        return try load(bytes: bytes, file: path, passwordFile: passwordFile)
    }

    /// The same from memory; `file` gives the folder of relative paths, and stands in errors.
    package static func load(
        bytes: [UInt8], file: String, passwordFile: String? = nil
    ) throws(ConfigurationErrors) -> Settings {
        let reading = Reading(file: file, passwordFile: passwordFile)
        if let written = document(bytes, reading) {
            let root = Placement.arranged(written, reading).withoutDuplicates(reading)
            let field = Field(node: root, place: .root, reading: reading)
            if root.isNull {
                reading.reject(
                    at: root.mark, path: "",
                    "the file is empty; lockstep init --sample writes one to start from")
            } else if let settings = Settings(field), reading.errors.isEmpty {
                return settings
            }
        }
        if reading.errors.isEmpty {
            reading.reject(
                at: .wholeFile, path: "",
                "was not understood, and nothing says why; this is a defect of Lockstep, report it")
        }
        throw ConfigurationErrors(reading.errors)
    }

    /// The file's tree; nil, reported, where it is no YAML.
    private static func document(_ bytes: [UInt8], _ reading: Reading) -> Node? {
        guard bytes.count <= mostBytes else {
            reading.reject(
                at: .wholeFile, path: "",
                "the file has more than \(mostBytes) bytes; no configuration needs that")
            return nil
        }
        if let offset = UTF8Check.firstInvalid(bytes) {
            reading.reject(
                at: Mark(of: offset, in: bytes), path: "",
                "the file is not UTF-8 here; save it as UTF-8")
            return nil
        }
        // libyaml leaves a byte order mark in place when it is told the encoding.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard let events = EventStream(bytes.starts(with: mark) ? Array(bytes[3...]) : bytes)
        else {
            reading.reject(at: .wholeFile, path: "", "no memory is left to read it")
            return nil
        }
        var document = DocumentReader(events, reading: reading)
        return document.read()
    }
}
