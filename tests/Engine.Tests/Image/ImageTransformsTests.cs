using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;
using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace Engine.Tests.Image;

public class ImageTransformsTests
{
    private static readonly (byte, byte, byte) Red = (255, 0, 0);
    private static readonly (byte, byte, byte) Green = (0, 255, 0);
    private static readonly (byte, byte, byte) Blue = (0, 0, 255);

    private readonly MLContext _ml = new(1);

    private sealed class ImageRow
    {
        [ImageType(2, 3)]
        public MLImage? Image { get; set; }
    }

    private sealed class AnyImageRow
    {
        [ImageType]
        public MLImage? Image { get; set; }
    }

    private sealed class PathRow
    {
        public string Path { get; set; } = "";
    }

    private sealed class VectorRow
    {
        [VectorType(12)]
        public float[] Pixels { get; set; } = [];
    }

    private static T Single<T>(IDataView view, string column) => view.GetColumn<T>(column).Single();

    private IDataView Of(MLImage? image) => _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);

    private IDataView OfAny(MLImage? image) => _ml.Data.LoadFromEnumerable([new AnyImageRow { Image = image }]);

    [Test]
    public void ExtractPixels_Defaults_ArePlanesOfRgb()
    {
        var view = _ml.Transforms.ExtractPixels("Pixels", "Image").Fit(Of(null)).Transform(Of(ImageFiles.Columns(2, (1, 2, 3), (4, 5, 6), (7, 8, 9))));
        Assert.Multiple(() =>
        {
            Assert.That(view.Schema["Pixels"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3, 2, 3)));
            Assert.That(Single<float[]>(view, "Pixels"), Is.EqualTo(new float[] { 1, 4, 7, 1, 4, 7, 2, 5, 8, 2, 5, 8, 3, 6, 9, 3, 6, 9 }));
        });
    }

    [Test]
    public void ExtractPixels_InterleavedAll_FollowsTheOrder()
    {
        var estimator = _ml.Transforms.ExtractPixels("Pixels", "Image", ColorBits.All, ColorsOrder.ABGR, interleavePixelColors: true, offsetImage: 1, scaleImage: 0.5f);
        var view = estimator.Fit(Of(null)).Transform(Of(ImageFiles.Columns(2, (1, 2, 3), (4, 5, 6), (7, 8, 9))));
        Assert.Multiple(() =>
        {
            Assert.That(view.Schema["Pixels"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 2, 3, 4)));
            Assert.That(Single<float[]>(view, "Pixels")[..8], Is.EqualTo(new[] { 127, 1, 0.5f, 0, 127, 2.5f, 2, 1.5f }));
        });
    }

    [Test]
    public void ExtractPixels_Bytes_IgnoreOffsetAndScale()
    {
        var estimator = _ml.Transforms.ExtractPixels("Pixels", "Image", ColorBits.Green, offsetImage: 9, scaleImage: 2, outputAsFloatArray: false);
        var view = estimator.Fit(Of(null)).Transform(Of(ImageFiles.Columns(2, (1, 2, 3), (4, 5, 6), (7, 8, 9))));
        Assert.That(Single<byte[]>(view, "Pixels"), Is.EqualTo(new byte[] { 2, 5, 8, 2, 5, 8 }));
    }

    [Test]
    public void ExtractPixels_NoImage_GivesZeros() =>
        Assert.That(Single<float[]>(_ml.Transforms.ExtractPixels("P", "Image").Fit(Of(null)).Transform(Of(null)), "P"), Is.EqualTo(new float[18]));

    [Test]
    public void ExtractPixels_OtherSize_Throws()
    {
        var view = _ml.Transforms.ExtractPixels("P", "Image").Fit(Of(null)).Transform(Of(ImageFiles.Columns(2, Red)));
        Assert.That(() => Single<float[]>(view, "P"), Throws.InvalidOperationException.With.Message.Contains("2 x 3"));
    }

    [Test]
    public void ExtractPixels_UnknownSize_ThrowsAtFit() =>
        Assert.That(() => _ml.Transforms.ExtractPixels("P", "Image").Fit(OfAny(null)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("ResizeImages"));

    [TestCase(Anchor.Center, "GGBB")]
    [TestCase(Anchor.Left, "RRGG")]
    [TestCase(Anchor.Right, "BBBB")]
    public void ResizeImages_Crop_KeepsTheAnchor(Anchor anchor, string expected)
    {
        var image = ImageFiles.Columns(4, Red, Red, Green, Green, Blue, Blue, Blue, Blue);
        Assert.That(Colours(Resize(image, ResizingKind.IsoCrop, anchor, 4, 4)), Is.EqualTo(expected));
    }

    [Test]
    public void ResizeImages_Pad_CentresOnBlack()
    {
        var resized = Resize(ImageFiles.Columns(8, Red, Red, Green, Green), ResizingKind.IsoPad, Anchor.Center, 8, 8);
        Assert.That(Colours(resized), Is.EqualTo("--RRGG--"));
    }

    [Test]
    public void ResizeImages_Fill_TakesNearest() =>
        Assert.That(Colours(Resize(ImageFiles.Columns(1, Red, Green), ResizingKind.Fill, Anchor.Center, 4, 3)), Is.EqualTo("RRGG"));

    [Test]
    public void ResizeImages_RightSize_PassesTheObjectThrough()
    {
        var image = ImageFiles.Columns(1, Red, Green);
        Assert.That(Resize(image, ResizingKind.IsoCrop, Anchor.Center, 2, 1), Is.SameAs(image));
    }

    [Test]
    public void ConvertToGrayscale_Image_WeighsChannels()
    {
        var image = ImageFiles.Columns(2, (100, 50, 200), (0, 0, 0), (255, 255, 255));
        image.Tag = "tag";
        var grey = Single<MLImage>(_ml.Transforms.ConvertToGrayscale("Grey", "Image").Fit(Of(null)).Transform(Of(image)), "Grey");
        Assert.Multiple(() =>
        {
            // 0.3 * 100 + 0.59 * 50 + 0.11 * 200 = 81.5
            Assert.That(grey.GetBGRPixels[..9], Is.EqualTo(new byte[] { 82, 82, 82, 0, 0, 0, 255, 255, 255 }));
            Assert.That(grey.Tag, Is.EqualTo("tag"));
        });
    }

    [Test]
    public void ConvertToImage_Planes_IsTheInverseOfExtractPixels()
    {
        float[] pixels = [.. Enumerable.Range(0, 12).Select(i => i / 100f)];
        var view = _ml.Data.LoadFromEnumerable([new VectorRow { Pixels = pixels }]);
        var chain = _ml.Transforms.ConvertToImage(2, 2, "Image", "Pixels", scaleImage: 100).Append(_ml.Transforms.ExtractPixels("Back", "Image", scaleImage: 0.01f));
        Assert.That(Single<float[]>(chain.Fit(view).Transform(view), "Back"), Is.EqualTo(pixels).Within(1e-6f));
    }

    [Test]
    public void ConvertToImage_WrongLength_ThrowsAtFit()
    {
        var view = _ml.Data.LoadFromEnumerable([new VectorRow { Pixels = new float[12] }]);
        Assert.That(() => _ml.Transforms.ConvertToImage(3, 3, "Image", "Pixels").Fit(view), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void LoadImages_FileInFolder_IsReadAndTagged()
    {
        var path = ImageFiles.NewPath(".png");
        try
        {
            ImageFiles.Columns(2, Red, Green).Save(path);
            var view = _ml.Data.LoadFromEnumerable([new PathRow { Path = Path.GetFileName(path) }, new PathRow()]);
            var loaded = _ml.Transforms.LoadImages("Image", Path.GetTempPath(), "Path").Fit(view).Transform(view).GetColumn<MLImage?>("Image").ToArray();
            Assert.Multiple(() =>
            {
                Assert.That(Colours(loaded[0]!), Is.EqualTo("RG"));
                Assert.That(loaded[0]!.Tag, Is.EqualTo(Path.GetFileName(path)));
                Assert.That(loaded[1], Is.Null);
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void LoadImages_MissingFolder_Throws() =>
        Assert.That(() => _ml.Transforms.LoadImages("Image", "/no/such/folder", "Path"), Throws.ArgumentException);

    [Test]
    public void LoadImages_MissingFile_ThrowsWhenRead()
    {
        var view = _ml.Data.LoadFromEnumerable([new PathRow { Path = "nothing.png" }]);
        var loaded = _ml.Transforms.LoadImages("Image", null, "Path").Fit(view).Transform(view);
        Assert.That(() => Single<MLImage>(loaded, "Image"), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void LoadRawImageBytes_File_IsItsBytes()
    {
        var path = ImageFiles.NewPath(".bin");
        try
        {
            File.WriteAllBytes(path, [5, 6, 7]);
            var view = _ml.Data.LoadFromEnumerable([new PathRow { Path = path }]);
            Assert.That(Single<byte[]>(_ml.Transforms.LoadRawImageBytes("Bytes", null, "Path").Fit(view).Transform(view), "Bytes"), Is.EqualTo(new byte[] { 5, 6, 7 }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Save_ImageChain_LoadsEqual()
    {
        var data = OfAny(ImageFiles.Columns(5, Red, Green, Blue, Red, Green));
        var model = _ml.Transforms.ResizeImages("Small", 2, 2, "Image").Append(_ml.Transforms.ConvertToGrayscale("Small"))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Small")).Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var back = new MLContext().Model.Load(file, out var schema);
        Assert.Multiple(() =>
        {
            Assert.That(schema["Image"].Type, Is.EqualTo(new ImageDataViewType()));
            Assert.That(Single<float[]>(back.Transform(data), "Pixels"), Is.EqualTo(Single<float[]>(model.Transform(data), "Pixels")));
        });
    }

    private MLImage Resize(MLImage image, ResizingKind kind, Anchor anchor, int width, int height) =>
        Single<MLImage>(_ml.Transforms.ResizeImages("Out", width, height, "Image", kind, anchor).Fit(OfAny(null)).Transform(OfAny(image)), "Out");

    // The middle row, one letter a pixel.
    private static string Colours(MLImage image)
    {
        var pixels = image.GetBGRPixels.AsSpan(image.Height / 2 * image.Width * 3, image.Width * 3).ToArray();
        return string.Concat(pixels.Chunk(3).Select(bgr => bgr.Max() < 128 ? '-' : "BGR"[Array.IndexOf(bgr, bgr.Max())]));
    }
}
