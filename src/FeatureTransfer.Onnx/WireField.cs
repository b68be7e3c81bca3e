namespace FeatureTransfer.Onnx;

/// <summary>A field of a message of Protocol Buffers.</summary>
/// <param name="Whole">Where the whole field lies in the message, its tag included.</param>
/// <param name="Value">Where its value lies.</param>
/// <param name="HoldsBytes">Whether it holds bytes: a message, a string, or packed numbers.</param>
internal readonly record struct WireField(Range Whole, Range Value, bool HoldsBytes)
{
    /// <summary>How many bytes the value has.</summary>
    public int Length => Value.End.Value - Value.Start.Value;

    /// <summary>A field that stands in the message once; null where it does not, or where the message is broken.</summary>
    /// <param name="message">The message.</param>
    /// <param name="number">The field's number.</param>
    public static WireField? Find(ReadOnlySpan<byte> message, int number)
    {
        WireField? found = null;
        var fields = new WireFields(message);
        while (fields.MoveNext())
        {
            if (fields.Number != number)
                continue;
            if (found is not null)
                return null;
            found = new WireField(fields.Whole, fields.Value, fields.HoldsBytes);
        }

        return fields.IsBroken ? null : found;
    }
}
