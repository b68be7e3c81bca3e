namespace LibVips.Tests;

public class VipsOperationTests
{
    [Test]
    public void Constructor_UnknownOperation_SaysItsName() =>
        Assert.That(() => new VipsOperation("no_such_thing"), Throws.TypeOf<VipsException>().With.Message.Contains("no_such_thing"));

    [Test]
    public void Set_UnknownArgument_SaysItsName()
    {
        using var black = new VipsOperation("black");
        Assert.That(() => black.Set("depth", 3), Throws.TypeOf<VipsException>().With.Message.Contains("depth"));
    }

    [Test]
    public void Run_MissingArgument_Throws()
    {
        using var black = new VipsOperation("black").Set("width", 3);
        Assert.That(() => black.Run(), Throws.TypeOf<VipsException>().With.Message.Contains("height"));
    }

    [Test]
    public void Run_AfterFailureElsewhere_HasNoStaleError()
    {
        Assert.That(() => VipsImage.FromBuffer("not an image"u8), Throws.TypeOf<VipsException>());
        using var black = new VipsOperation("black").Set("width", 3);
        Assert.That(() => black.Run(), Throws.TypeOf<VipsException>().With.Message.Not.Contains("format"));
    }

    [Test]
    public void Constructor_SvgLoader_IsBlocked()
    {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8'/></svg>"u8.ToArray();
        Assert.That(() => VipsImage.FromBuffer(svg), Throws.TypeOf<VipsException>());
    }

    [Test]
    public void Run_ManyThreads_AllGiveTheSame()
    {
        using var source = VipsImage.FromPixels(Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i * 7)).ToArray(), 64, 64, 3);
        var png = source.Relabel(VipsInterpretation.Srgb).ToPng();
        var sums = ParallelEnumerable.Range(0, 200).Select(_ =>
        {
            using var image = VipsImage.FromBuffer(png);
            using var small = image.Resize(17, 13, VipsKernel.Lanczos3);
            using var pixels = small.WriteToMemory();
            return pixels.Span.ToArray().Sum(value => value);
        }).Distinct().ToArray();
        Assert.That(sums, Has.Length.EqualTo(1));
    }
}
