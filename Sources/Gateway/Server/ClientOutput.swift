import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What goes to one client.
///
/// Bytes are handed to the kernel at once as far as it takes them, since the way through the channel's queue costs as
/// much as all else that is done for an event of a stream. What the kernel does not take waits in that queue, and so
/// does all that comes behind it.
///
/// A class, since the channel may close, and say so, in the middle of a flush.
final class ClientOutput {
    /// Nil where the channel is no socket, or not open.
    private var socket: NIOBSDSocket.Handle?
    /// Goes out with the next flush, alone.
    private var single: ByteBuffer?
    /// The channel had something to write when last asked.
    private var isQueued = false

    /// The channel is connected.
    func open(_ context: ChannelHandlerContext) {
        socket = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable { $0 }
    }

    /// The channel is closed: its socket may be another's from now on.
    func close() {
        socket = nil
        single = nil
    }

    /// Goes out with the next flush.
    func write(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        if single == nil, isFree(context) {
            single = bytes
        } else {
            // Several pieces are written in one call by the channel.
            queueSingle(context)
            context.write(NIOAny(bytes), promise: nil)
            isQueued = true
        }
    }

    /// Goes out now, or with the next flush where the client is slow.
    func send(_ bytes: UnsafeRawBufferPointer, _ context: ChannelHandlerContext) {
        let taken = single == nil && isFree(context) ? take(bytes, context) : 0
        guard taken < bytes.count else { return }
        write(ByteBuffer(bytes: UnsafeRawBufferPointer(rebasing: bytes[taken...])), context)
    }

    func flush(_ context: ChannelHandlerContext) {
        if var single {
            self.single = nil
            let taken = single.withUnsafeReadableBytes { take($0, context) }
            single.moveReaderIndex(forwardBy: taken)
            if single.readableBytes == 0 { return }
            context.write(NIOAny(single), promise: nil)
            isQueued = true
        }
        guard isQueued else { return }
        context.flush()
        isQueued = hasQueue(context)
    }

    private func queueSingle(_ context: ChannelHandlerContext) {
        guard let single else { return }
        self.single = nil
        context.write(NIOAny(single), promise: nil)
    }

    /// Nothing waits in the channel's queue.
    private func isFree(_ context: ChannelHandlerContext) -> Bool {
        if isQueued { isQueued = hasQueue(context) }
        return !isQueued
    }

    private func hasQueue(_ context: ChannelHandlerContext) -> Bool {
        let bytes = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return bytes != 0
    }

    /// How many bytes the kernel takes now; none where it fails, since the channel will find the failure by itself.
    private func take(_ bytes: UnsafeRawBufferPointer, _ context: ChannelHandlerContext) -> Int {
        // A socket's number is given to the next that opens once the channel has closed it.
        guard let socket, context.channel.isActive else { return 0 }
        #if canImport(Glibc)
        let taken = Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        #else
        let taken = Darwin.send(socket, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
        #endif
        return max(0, taken)
    }
}
