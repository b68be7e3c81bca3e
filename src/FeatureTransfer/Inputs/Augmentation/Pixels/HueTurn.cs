namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// Turns the hue in the HSV hexcone (Smith 1978). libvips has HSV in 8 bits a band only, which would shift colours that are not turned.
/// </summary>
internal static class HueTurn
{
    private const float Circle = 6;

    /// <summary>Turns every pixel.</summary>
    /// <param name="pixels">(height, width, 3) bytes.</param>
    /// <param name="turn">The share of the full circle; a third makes green of red.</param>
    public static void Apply(Span<byte> pixels, double turn)
    {
        if (turn == 0)
            return;
        var sixths = (float)(turn - Math.Floor(turn)) * Circle;
        for (var i = 0; i < pixels.Length; i += 3)
            Turn(pixels.Slice(i, 3), sixths);
    }

    private static void Turn(Span<byte> pixel, float sixths)
    {
        var (red, green, blue) = (pixel[0], pixel[1], pixel[2]);
        var most = Math.Max(red, Math.Max(green, blue));
        var chroma = most - Math.Min(red, Math.Min(green, blue));
        if (chroma == 0)
            return;
        var hue = sixths + Hue(red, green, blue, most, chroma);
        pixel[0] = Level(5 + hue, most, chroma);
        pixel[1] = Level(3 + hue, most, chroma);
        pixel[2] = Level(1 + hue, most, chroma);
    }

    private static float Hue(byte red, byte green, byte blue, byte most, int chroma)
    {
        if (most == red)
            return ((float)(green - blue) / chroma) + (green < blue ? Circle : 0);
        return most == green ? ((float)(blue - red) / chroma) + 2 : ((float)(red - green) / chroma) + 4;
    }

    // Each channel falls from the largest level to the least and rises again, half a circle long, a third of it apart.
    private static byte Level(float place, byte most, int chroma)
    {
        while (place >= Circle)
            place -= Circle;
        return (byte)MathF.Round(most - (chroma * Math.Clamp(Math.Min(place, 4 - place), 0, 1)));
    }
}
