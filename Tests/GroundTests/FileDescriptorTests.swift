internal import Fixtures
internal import Glibc
import Ground
import Testing

// What is asked of a descriptor is asked before it is expected: `#expect` would copy its owner.
@Suite struct FileDescriptorTests {
    @Test func `what was not opened has nothing to give, and says why`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/absent"
        let file = FileDescriptor(unsafe open(path, O_RDONLY))
        let error = Errno.last
        let (isOpen, octets, isWritten) = (file.isOpen, file.read(1), file.write([1]))
        let hasStatus = file.status != nil
        #expect(error == Errno(ENOENT))
        #expect(error.words == "No such file or directory")
        #expect(!isOpen && octets == nil && !isWritten && !hasStatus)
    }

    @Test func `a file is read on from where it stands, and anywhere`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/text"
        let file = FileDescriptor(unsafe open(path, O_RDWR | O_CREAT, 0o600))
        let isWritten = file.write("abcdef".utf8)
        let (atEnd, anywhere) = (file.read(4), file.read(4, at: 4))
        lseek(file.number, 0, SEEK_SET)
        let atStart = file.read(4)
        let status = file.status
        #expect(isWritten)
        #expect(atEnd == [])
        #expect(anywhere == Array("ef".utf8))
        #expect(atStart == Array("abcd".utf8))
        #expect(status?.isOwnFile == true && status?.isStream == false)
    }

    @Test func `an owner that goes closes its file`() {
        func opened() -> Int32 {
            let file = FileDescriptor(unsafe open("/dev/null", O_RDONLY | O_CLOEXEC))
            // High above what other tests open meanwhile.
            let high = FileDescriptor(fcntl(file.number, F_DUPFD_CLOEXEC, 900))
            let number = high.number
            #expect(fcntl(number, F_GETFD) >= 0)
            return number
        }
        #expect(fcntl(opened(), F_GETFD) == -1)
    }

    @Test func `a copy is all of it`() throws {
        let folder = try TemporaryFolder()
        let octets = (0..<600_000).map { UInt8(truncatingIfNeeded: $0) }
        let source = FileDescriptor(unsafe open(folder.path + "/from", O_RDWR | O_CREAT, 0o600))
        let isWritten = source.write(octets)
        lseek(source.number, 0, SEEK_SET)
        let target = FileDescriptor(unsafe open(folder.path + "/to", O_RDWR | O_CREAT, 0o600))
        let isCopied = target.copy(source)
        let copy = target.read(700_000, at: 0)
        #expect(isWritten && isCopied)
        #expect(copy == octets)
    }

    @Test func `a pipe ends when its writer is closed, and waits for nobody where it must not`() {
        guard var pipe = Pipe() else {
            Issue.record("no pipe")
            return
        }
        let isWritten = pipe.writer.write("word".utf8)
        pipe.setNonblocking()
        let word = pipe.reader.read(10)
        let nothing = pipe.reader.read(10)
        let error = Errno.last
        pipe.closeWriter()
        let end = pipe.reader.read(10)
        #expect(isWritten)
        #expect(word == Array("word".utf8))
        #expect(nothing == nil)
        #expect(error == Errno(EAGAIN))
        #expect(end == [])
    }
}
