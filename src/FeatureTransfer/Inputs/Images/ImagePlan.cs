namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// The geometry of one image under one preprocessing, seen upright: scale to (ResizedWidth, ResizedHeight), cut the window at
/// (Left, Top) of (Width, Height) out; where that is smaller than the tensor, it goes to its middle.
/// </summary>
internal readonly record struct ImagePlan(int ResizedWidth, int ResizedHeight, int Left, int Top, int Width, int Height)
{
    // libvips addresses pixels with 32 bits, and warns off sizes beyond this.
    private const int MaxEdge = 10_000_000;

    public static ImagePlan Of(ImagePreprocessing preprocessing, int width, int height) => preprocessing.Resize switch
    {
        ResizeMode.Crop => Crop(preprocessing, width, height),
        ResizeMode.Pad => Pad(preprocessing, width, height),
        _ => new ImagePlan(preprocessing.Width, preprocessing.Height, 0, 0, preprocessing.Width, preprocessing.Height),
    };

    /// <summary>Whether both resized edges are sizes that libvips can address.</summary>
    public bool IsPossible => ResizedWidth <= MaxEdge && ResizedHeight <= MaxEdge;

    // The longer edge is cut to whole pixels and the window's place rounded half to even, as torchvision and timm do.
    private static ImagePlan Crop(ImagePreprocessing preprocessing, int width, int height)
    {
        var coverWidth = Enlarge(preprocessing.Width, preprocessing.CropFraction);
        var coverHeight = Enlarge(preprocessing.Height, preprocessing.CropFraction);
        var widthDecides = (long)coverWidth * height >= (long)coverHeight * width;
        var resizedWidth = widthDecides ? coverWidth : Math.Max(coverWidth, Proportion(width, coverHeight, height));
        var resizedHeight = widthDecides ? Math.Max(coverHeight, Proportion(height, coverWidth, width)) : coverHeight;
        return new ImagePlan(
            resizedWidth, resizedHeight, Middle(resizedWidth - preprocessing.Width), Middle(resizedHeight - preprocessing.Height), preprocessing.Width, preprocessing.Height);
    }

    private static ImagePlan Pad(ImagePreprocessing preprocessing, int width, int height)
    {
        var widthDecides = (long)preprocessing.Width * height <= (long)preprocessing.Height * width;
        var resizedWidth = widthDecides ? preprocessing.Width : Math.Clamp(Rounded(width, preprocessing.Height, height), 1, preprocessing.Width);
        var resizedHeight = widthDecides ? Math.Clamp(Rounded(height, preprocessing.Width, width), 1, preprocessing.Height) : preprocessing.Height;
        return new ImagePlan(resizedWidth, resizedHeight, 0, 0, resizedWidth, resizedHeight);
    }

    // The small allowance keeps 224 / 0.875 at 256 where the quotient falls a hair short.
    private static int Enlarge(int edge, double fraction) => (int)Math.Min(int.MaxValue, Math.Floor((edge / fraction) + 1e-6));

    private static int Proportion(int edge, int numerator, int denominator) =>
        (int)Math.Min(int.MaxValue, (long)edge * numerator / denominator);

    private static int Rounded(int edge, int numerator, int denominator) => (int)Math.Round((double)edge * numerator / denominator);

    private static int Middle(int surplus) => (int)Math.Round(surplus / 2.0, MidpointRounding.ToEven);
}
