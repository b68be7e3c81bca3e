using FeatureTransfer.Inputs.Augmentation;
using NetVips;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class ContactSheetTests
{
    [Test]
    public void Draw_TwoRows_ShowsTheImageFirstAndThenItsVariants()
    {
        var preprocessing = new ImagePreprocessing { Width = 10, Height = 8, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.3f, 0.4f] };
        var sheet = new ContactSheet(AugmentationPlan.Of(new VerticalFlip { Probability = 1 }), preprocessing, rows: 2, columns: 3);
        sheet.Draw(1, TestImages.Png(10, 8, TestImages.Ramp(10, 8)), seed: 1);
        using var image = Image.NewFromBuffer(sheet.ToPng());
        var bytes = image.WriteToMemory<byte>();
        byte[] At(int x, int y) => bytes[(((y * image.Width) + x) * 3)..((((y * image.Width) + x) * 3) + 3)];
        Assert.Multiple(() =>
        {
            Assert.That((image.Width, image.Height), Is.EqualTo((4 + (3 * 14), 4 + (2 * 12))));
            Assert.That(At(5, 5), Is.EqualTo(new byte[] { 255, 255, 255 }), "a row that was not drawn");
            Assert.That(At(4, 16), Is.EqualTo(new byte[] { 0, 0, 60 }), "the image as it is");
            Assert.That(At(18, 16), Is.EqualTo(new byte[] { 0, 255, 60 }), "upside down");
            Assert.That(At(32, 16 + 7), Is.EqualTo(new byte[] { 0, 0, 60 }), "upside down, the last row");
        });
    }

    [Test]
    public void ToRgb_OfAnyLayoutAndOrder_GivesThePixelsBack([Values] TensorLayout layout, [Values] ChannelOrder channels)
    {
        var rgb = AugmentedPixels.Noise(6, 5);
        var preprocessing = new ImagePreprocessing { Width = 6, Height = 5, Layout = layout, Channels = channels, Scale = 1 / 127.5f, Mean = [1, 1.1f, 0.9f], Std = [1, 0.5f, 2] };
        var back = new byte[rgb.Length];
        TensorPicture.ToRgb(TestImages.Read(preprocessing, TestImages.Png(6, 5, rgb)), preprocessing, back);
        Assert.That(back, Is.EqualTo(rgb));
    }

    [Test]
    public void ContactSheet_OneColumn_Throws() =>
        Assert.That(() => new ContactSheet(AugmentationPlan.None, new ImagePreprocessing(), 1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
}
