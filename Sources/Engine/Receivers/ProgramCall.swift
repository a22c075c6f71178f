package import Glibc
internal import Ground
internal import Store

/// One call of a foreign program: a document on its stdin, its exit code and its first words as the
/// answer.
///
/// No shell; an environment of its own; no descriptor but the three and one on the program itself; a
/// process group of its own, which is ended at the timeout; and it does not outlive this program.
package struct ProgramCall {
    /// What became of it; words are foreign, cut to 1 KiB and without control characters.
    package enum Answer: Hashable, Sendable {
        /// Exit 0.
        case done
        /// Exit 75 (EX_TEMPFAIL of sysexits.h): to be called again.
        case later(String)
        case failed(String)
        case timedOut
    }

    /// What every program has, whoever started this one.
    package static let environment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
    ]

    /// The program in which ``ProgramChild`` runs: this one.
    package let launcher: String
    package let arguments: [String]
    /// `NAME=value` each: the program's whole environment.
    package let environment: [String]
    package let timeout: Duration

    package init(
        launcher: String, arguments: [String], environment: [String], timeout: Duration
    ) {
        self.launcher = launcher
        self.arguments = arguments
        self.environment = environment
        self.timeout = timeout
    }

    /// `note`: told the process group before the program does anything, so that it is found where it
    /// outlives this one; what it throws ends the call.
    package func run(
        _ program: borrowing ProgramFile, document: [UInt8],
        note: (_ group: pid_t) throws -> Void = { _ in }
    ) throws -> Answer {
        guard var input = Pipe(), var errors = Pipe(), var gate = Pipe() else {
            throw ProgramRefusal(description: "no pipe can be made: \(Errno.last.words)")
        }
        let pid = try spawn(
            program, input: input.reader.number, errors: errors.writer.number,
            gate: gate.reader.number)
        do {
            try note(pid)
        } catch {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
            throw error
        }
        _ = gate.writer.write([1])
        gate.closeWriter()
        input.closeReader()
        errors.closeWriter()
        input.setNonblocking()
        errors.setNonblocking()
        var watch = Watch(
            pid: pid, input: input, errors: errors, document: document, deadline: .now + timeout)
        return watch.answer()
    }

    /// The same for whoever may call it now (`QueueLock`), and never twice at once.
    ///
    /// What an earlier Lockstep started for the queue, and did not live to see the end of, is ended first.
    /// `event`: the one of which the environment has to tell.
    func run(
        _ program: borrowing ProgramFile, document: [UInt8], as event: String,
        in queue: CallNote.Queue
    ) throws -> Answer {
        let note = try CallNote(queue)
        if let left = LeftCall(note: try note.text()), !left.end() {
            return .later("what was started for it before goes on: process group \(left.group)")
        }
        let answer = try run(program, document: document) {
            try note.set(LeftCall(group: $0, event: event).note)
        }
        try note.set("")
        return answer
    }

    private func spawn(
        _ program: borrowing ProgramFile, input: Int32, errors: Int32, gate: Int32
    ) throws(ProgramRefusal) -> pid_t {
        // Out of the way of the descriptors that are put in place before it.
        let gate = FileDescriptor(fcntl(gate, F_DUPFD_CLOEXEC, ProgramChild.gate + 1))
        guard gate.isOpen else {
            throw ProgramRefusal(description: "no pipe can be made: \(Errno.last.words)")
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        unsafe posix_spawn_file_actions_adddup2(
            &actions, program.descriptor, ProgramChild.descriptor)
        unsafe posix_spawn_file_actions_adddup2(&actions, gate.number, ProgramChild.gate)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        Self.prepare(&attributes)
        let arguments = Strings(
            [launcher, ProgramChild.marker, String(getpid()), program.path] + self.arguments)
        let environment = Strings(environment)
        var pid: pid_t = 0
        let code = unsafe posix_spawn(
            &pid, launcher, &actions, &attributes, arguments.pointers, environment.pointers)
        guard code == 0 else {
            throw ProgramRefusal(
                description: "\(program.path) can't be started: \(Errno(code).words)")
        }
        return pid
    }

    /// A process group of its own, no signal blocked, none ignored.
    private static func prepare(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }
}

/// The end of a call: feeds stdin, keeps the first of stderr, waits for the exit or the deadline.
private struct Watch: ~Copyable {
    /// Foreign words that are kept of one call.
    private static let limit = 1024
    /// Milliseconds.
    private static let pause: UInt32 = 5

    let pid: pid_t
    var input: Pipe
    var errors: Pipe
    let deadline: ContinuousClock.Instant
    private var rest: ArraySlice<UInt8>
    private var words: [UInt8] = []

    init(
        pid: pid_t, input: consuming Pipe, errors: consuming Pipe, document: [UInt8],
        deadline: ContinuousClock.Instant
    ) {
        self.pid = pid
        self.input = input
        self.errors = errors
        self.deadline = deadline
        rest = document[...]
    }

    mutating func answer() -> ProgramCall.Answer {
        while true {
            exchange()
            var status: Int32 = 0
            if unsafe waitpid(pid, &status, WNOHANG) == pid {
                exchange()
                return answer(to: status)
            }
            guard ContinuousClock.now < deadline else {
                end()
                return .timedOut
            }
        }
    }

    private func answer(to status: Int32) -> ProgramCall.Answer {
        let signal = status & 0x7f
        guard signal == 0 else { return .failed("it was ended by signal \(signal)") }
        let code = (status >> 8) & 0xff
        switch code {
        case 0: return .done
        case 75: return .later(said ?? "it asks to be called later (75)")
        default: return .failed(said.map { "\($0) (exit \(code))" } ?? "exit \(code)")
        }
    }

    /// The first line of stderr.
    private var said: String? {
        let line = String(decoding: words.prefix { $0 != 0x0a }, as: UTF8.self)
        let plain = line.unicodeScalars.map {
            $0.properties.generalCategory == .control ? " " : String($0)
        }.joined()
        return plain.allSatisfy { $0 == " " } ? nil : plain
    }

    /// What goes through the pipes now, or within some milliseconds.
    private mutating func exchange() {
        var waited = [
            pollfd(fd: rest.isEmpty ? -1 : input.writer.number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: errors.reader.number, events: Int16(POLLIN), revents: 0),
        ]
        guard unsafe poll(&waited, 2, Int32(Self.pause)) > 0 else { return }
        if waited[0].revents != 0 { feed() }
        if waited[1].revents != 0, !listen() { usleep(Self.pause * 1_000) }
    }

    /// A program that does not read all of its input is not kept from anything.
    private mutating func feed() {
        let count = unsafe rest.withUnsafeBytes {
            unsafe write(input.writer.number, $0.baseAddress, $0.count)
        }
        if count > 0 {
            rest = rest.dropFirst(count)
        } else if errno != EAGAIN, errno != EINTR {
            rest = []
        }
        if rest.isEmpty { input.closeWriter() }
    }

    /// Reads on where the program writes without end, and keeps only the beginning; false at the end.
    private mutating func listen() -> Bool {
        var count = 0
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, filled in
            count = unsafe read(errors.reader.number, buffer.baseAddress, buffer.count)
            filled = max(0, count)
        }
        words += octets.prefix(Self.limit - words.count)
        return count > 0
    }

    /// Its whole group: asked to end, and a second later made to.
    private func end() {
        kill(-pid, SIGTERM)
        var status: Int32 = 0
        for _ in 0..<100 where unsafe waitpid(pid, &status, WNOHANG) != pid {
            usleep(10_000)
        }
        kill(-pid, SIGKILL)
        unsafe waitpid(pid, &status, 0)
    }
}

/// Texts as exec(3) takes them.
@safe
private struct Strings: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        unsafe pointers = .allocate(capacity: count + 1)
        for (index, text) in texts.enumerated() { unsafe pointers[index] = strdup(text) }
        unsafe pointers[count] = nil
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
