using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>EXIF orientations: what a plan for the upright image means for the image as it is stored.</summary>
internal static class ImageOrientation
{
    /// <summary>The orientation of an image, 1 (upright) to 8; 1 where the file says nothing.</summary>
    public static int Of(Image image)
    {
        const string Field = "orientation";
        return image.Contains(Field) && image.Get(Field) is int and >= 1 and <= 8 and var orientation ? orientation : 1;
    }

    /// <summary>Whether the stored image lies on its side.</summary>
    public static bool SwapsAxes(int orientation) => orientation >= 5;

    /// <summary>The same scaling and window, in the axes of the stored image.</summary>
    public static ImagePlan ToStored(ImagePlan upright, int orientation)
    {
        var stored = SwapsAxes(orientation)
            ? new ImagePlan(upright.ResizedHeight, upright.ResizedWidth, upright.Top, upright.Left, upright.Height, upright.Width)
            : upright;
        var (fromRight, fromBottom) = orientation switch
        {
            2 => (true, false),
            3 => (true, true),
            4 => (false, true),
            6 => (false, true),
            7 => (true, true),
            8 => (true, false),
            _ => (false, false),
        };
        return stored with
        {
            Left = fromRight ? stored.ResizedWidth - stored.Left - stored.Width : stored.Left,
            Top = fromBottom ? stored.ResizedHeight - stored.Top - stored.Height : stored.Top,
        };
    }

    /// <summary>Where a pixel of the upright image, of this size, is stored.</summary>
    public static (int X, int Y) ToStored(int x, int y, int width, int height, int orientation) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, width - 1 - x),
        7 => (height - 1 - y, width - 1 - x),
        8 => (height - 1 - y, x),
        _ => (x, y),
    };
}
