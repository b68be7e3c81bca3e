namespace LibVips;

public sealed unsafe partial class VipsImage
{
    /// <summary>Encodes as JPEG.</summary>
    /// <param name="quality">1 to 100.</param>
    /// <param name="keepMetadata">Whether EXIF and profiles go along.</param>
    public byte[] ToJpeg(int quality = 85, bool keepMetadata = false)
    {
        using var save = new VipsOperation("jpegsave_buffer");
        return save.Set("in", this).Set("Q", quality).Set("keep", Keep(keepMetadata)).RunToBytes();
    }

    /// <summary>Encodes as PNG.</summary>
    /// <param name="keepMetadata">Whether EXIF and profiles go along.</param>
    public byte[] ToPng(bool keepMetadata = false)
    {
        using var save = new VipsOperation("pngsave_buffer");
        return save.Set("in", this).Set("keep", Keep(keepMetadata)).RunToBytes();
    }

    /// <summary>Encodes with a saver of that name, such as <c>webpsave_buffer</c>, at its defaults.</summary>
    public byte[] Encode(string saver)
    {
        using var save = new VipsOperation(saver);
        return save.Set("in", this).RunToBytes();
    }

    // VipsForeignKeep: 0 keeps nothing, 31 everything.
    private static int Keep(bool metadata) => metadata ? 31 : 0;
}
