namespace FeatureTransfer.Onnx;

/// <summary>Goes over the fields of a message of Protocol Buffers without copying them.</summary>
/// <param name="message">The message.</param>
internal ref struct WireFields(ReadOnlySpan<byte> message)
{
    private const int LengthDelimited = 2;
    private readonly ReadOnlySpan<byte> _message = message;
    private int _next;

    /// <summary>The number of the field.</summary>
    public int Number { get; private set; }

    /// <summary>Whether it holds bytes: a message, a string, or packed numbers.</summary>
    public bool HoldsBytes { get; private set; }

    /// <summary>Where the whole field lies in the message, its tag included.</summary>
    public Range Whole { get; private set; }

    /// <summary>Where its value lies.</summary>
    public Range Value { get; private set; }

    /// <summary>Whether something is no field; then the walk ends.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes to the next field; false at the end, or where something is broken.</summary>
    public bool MoveNext()
    {
        if (IsBroken || _next == _message.Length)
            return false;
        var start = _next;
        var tag = ReadNumber();
        Number = (int)(tag >> 3);
        var wire = (int)(tag & 7);
        HoldsBytes = wire == LengthDelimited;
        var length = wire switch
        {
            0 => NumberLength(),
            1 => 8UL,
            LengthDelimited => ReadNumber(),
            5 => 4UL,

            // Groups, which ONNX does not use.
            _ => ulong.MaxValue,
        };
        if (IsBroken || tag > uint.MaxValue || Number == 0 || length > (ulong)(_message.Length - _next))
        {
            IsBroken = true;
            return false;
        }

        Value = _next..(_next + (int)length);
        _next += (int)length;
        Whole = start.._next;
        return true;
    }

    private ulong NumberLength()
    {
        var start = _next;
        ReadNumber();
        var length = (ulong)(_next - start);
        _next = start;
        return length;
    }

    private ulong ReadNumber()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && _next < _message.Length; shift += 7)
        {
            var part = _message[_next++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        IsBroken = true;
        return 0;
    }
}
