namespace LibVips;

public sealed unsafe partial class VipsImage
{
    /// <summary>
    /// Scales to exact sizes. Reducing evaluates the whole kernel over the source, without a cheaper pre-reduction. On bytes libvips's
    /// kernels have few bits, which shifts a wide kernel's result by some levels: convert to float before and round after.
    /// </summary>
    public VipsImage Resize(int width, int height, VipsKernel kernel)
    {
        using var resize = new VipsOperation("resize");
        return resize.Set("in", this).Set("scale", (double)width / Width).Set("vscale", (double)height / Height)
            .Set("kernel", (int)kernel).Set("gap", 0.0).Run();
    }

    /// <summary>Averages blocks of whole pixels; the last block of a row or column may be a part of one.</summary>
    public VipsImage Shrink(int horizontal, int vertical)
    {
        using var shrink = new VipsOperation("shrink");
        return shrink.Set("in", this).Set("hshrink", (double)horizontal).Set("vshrink", (double)vertical).Set("ceil", true).Run();
    }

    /// <summary>Rounds each value to the nearest whole number.</summary>
    public VipsImage Round()
    {
        using var round = new VipsOperation("round");
        const int ToNearest = 0;
        return round.Set("in", this).Set("round", ToNearest).Run();
    }

    /// <summary>Cuts a rectangle out.</summary>
    public VipsImage Extract(int left, int top, int width, int height)
    {
        using var extract = new VipsOperation("extract_area");
        return extract.Set("input", this).Set("left", left).Set("top", top).Set("width", width).Set("height", height).Run();
    }

    /// <summary>Keeps some neighbouring bands.</summary>
    public VipsImage ExtractBands(int first, int count)
    {
        using var extract = new VipsOperation("extract_band");
        return extract.Set("in", this).Set("band", first).Set("n", count).Run();
    }

    /// <summary>Places the image on a larger canvas of one colour.</summary>
    /// <param name="left">Where its left edge goes.</param>
    /// <param name="top">Where its top edge goes.</param>
    /// <param name="width">Width of the canvas.</param>
    /// <param name="height">Height of the canvas.</param>
    /// <param name="background">The colour, one number a band.</param>
    public VipsImage Embed(int left, int top, int width, int height, params double[] background)
    {
        using var embed = new VipsOperation("embed");
        const int ExtendBackground = 5;
        return embed.Set("in", this).Set("x", left).Set("y", top).Set("width", width).Set("height", height)
            .Set("extend", ExtendBackground).Set("background", background).Run();
    }

    /// <summary>Composites alpha on a colour and drops it.</summary>
    /// <param name="background">The colour, one number a band without alpha.</param>
    public VipsImage Flatten(params double[] background)
    {
        using var flatten = new VipsOperation("flatten");
        return flatten.Set("in", this).Set("background", background).Run();
    }

    /// <summary>Converts to another colour space; CMYK goes through its embedded profile, or a general one.</summary>
    public VipsImage ToColourspace(VipsInterpretation space)
    {
        using var convert = new VipsOperation("colourspace");
        return convert.Set("in", this).Set("space", (int)space).Run();
    }

    /// <summary>Converts each value to another type, clipping to its range.</summary>
    public VipsImage Cast(VipsBandFormat format)
    {
        using var cast = new VipsOperation("cast");
        return cast.Set("in", this).Set("format", (int)format).Run();
    }

    /// <summary>Turns the image upright by its EXIF orientation. Needs an image that can be read in any order.</summary>
    public VipsImage AutoRotate()
    {
        using var rotate = new VipsOperation("autorot");
        return rotate.Set("in", this).Run();
    }

    /// <summary>The same pixels, read as another colour space or with another orientation.</summary>
    /// <param name="interpretation">What the bands mean from now on.</param>
    /// <param name="orientation">The EXIF orientation, 1 to 8, or null to leave it.</param>
    public VipsImage Relabel(VipsInterpretation interpretation, int? orientation = null)
    {
        using var copy = new VipsOperation("copy");
        var labelled = copy.Set("in", this).Set("interpretation", (int)interpretation).Run();
        if (orientation is { } value)
            Native.Vips.SetInt(labelled.Handle, "orientation", value);
        return labelled;
    }
}
