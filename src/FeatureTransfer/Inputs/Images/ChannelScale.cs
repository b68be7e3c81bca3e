namespace FeatureTransfer.Inputs.Images;

/// <summary>One channel's formula.</summary>
internal readonly record struct ChannelScale(float Scale, float Mean, float Std)
{
    /// <summary>Whether multiplying by 1 / Std gives the same floats as dividing by it, for every byte.</summary>
    public bool ReciprocalIsExact
    {
        get
        {
            for (var pixel = 0; pixel < 256; pixel++)
            {
                var exact = Of((byte)pixel);
                if (BitConverter.SingleToInt32Bits(((pixel * Scale) - Mean) * (1 / Std)) != BitConverter.SingleToInt32Bits(exact))
                    return false;
            }

            return true;
        }
    }

    /// <summary>The value of a byte.</summary>
    public float Of(byte pixel) => ((pixel * Scale) - Mean) / Std;
}
