using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class AudioClipTests
{
    private static readonly AudioPreprocessing _settings = new() { SampleRate = 1000, WindowSamples = 4 };

    private static AudioClip Clip(int samples, double overlap = 0.5) =>
        new AudioPreprocessor(_settings with { Overlap = overlap }).FromSamples([.. Enumerable.Range(1, samples).Select(i => i / 16f)]);

    private static string Windows(AudioClip clip) =>
        string.Join(" ", clip.ToWindows().Select(window => string.Join(",", window.Select(value => value * 16))));

    [TestCase(1, "0,1,0,0")]
    [TestCase(2, "0,1,2,0")]
    [TestCase(4, "1,2,3,4")]
    [TestCase(5, "1,2,3,4 2,3,4,5")]
    [TestCase(6, "1,2,3,4 3,4,5,6")]
    [TestCase(9, "1,2,3,4 3,4,5,6 5,6,7,8 6,7,8,9")]
    public void Windows_OfAnyLength_CoverEverySample(int samples, string expected) => Assert.That(Windows(Clip(samples)), Is.EqualTo(expected));

    [TestCase(0, "1,2,3,4 5,6,7,8")]
    [TestCase(0.75, "1,2,3,4 2,3,4,5 3,4,5,6 4,5,6,7 5,6,7,8")]
    [TestCase(0.99, "1,2,3,4 2,3,4,5 3,4,5,6 4,5,6,7 5,6,7,8")]
    public void Windows_OfAnyOverlap_BeginThatFarApart(double overlap, string expected) => Assert.That(Windows(Clip(8, overlap)), Is.EqualTo(expected));

    [Test]
    public void WriteWindow_IntoUsedMemory_ClearsThePadding()
    {
        float[] destination = [9, 9, 9, 9, 9];
        Clip(1).WriteWindow(0, destination);
        Assert.That(destination, Is.EqualTo(new[] { 0, 1 / 16f, 0, 0, 9 }));
    }

    [Test]
    public void WriteWindow_OfNoWindowOrTooShort_IsRefused() => Assert.Multiple(() =>
    {
        Assert.That(() => Clip(6).WriteWindow(2, new float[4]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Clip(6).WriteWindow(-1, new float[4]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Clip(6).WriteWindow(0, new float[3]), Throws.ArgumentException.With.Message.Contains("holds 3 floats"));
    });

    [Test]
    public void Duration_IsThatOfTheRecording() => Assert.That(Clip(250).Duration, Is.EqualTo(TimeSpan.FromSeconds(0.25)));
}
