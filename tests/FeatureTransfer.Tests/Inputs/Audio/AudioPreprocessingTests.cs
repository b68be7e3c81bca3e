using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class AudioPreprocessingTests
{
    [Test]
    public void Defaults_AreTheDocumentedOnes()
    {
        var settings = new AudioPreprocessing();
        Assert.Multiple(() =>
        {
            Assert.That((settings.SampleRate, settings.WindowSamples, settings.Overlap, settings.HopSamples), Is.EqualTo((16000, 20480, 0.5, 10240)));
            Assert.That((settings.Normalization, settings.PeakLevel, settings.LoudnessLevel), Is.EqualTo((AudioNormalization.None, 1.0, 0.1)));
            Assert.That((settings.Scale, settings.MaxSeconds), Is.EqualTo((1f, 600.0)));
            Assert.That(settings.Validate, Throws.Nothing);
        });
    }

    private static IEnumerable<AudioPreprocessing> Changed()
    {
        yield return new() { SampleRate = 8000 };
        yield return new() { WindowSamples = 16000 };
        yield return new() { Overlap = 0.25 };
        yield return new() { Normalization = AudioNormalization.Peak };
        yield return new() { PeakLevel = 0.9 };
        yield return new() { LoudnessLevel = 0.2 };
        yield return new() { Scale = 32768 };
        yield return new() { MaxSeconds = 60 };
    }

    [Test]
    public void Fingerprint_AnySettingChanged_Differs() =>
        Assert.That(Changed().Append(new AudioPreprocessing()).Select(settings => settings.Fingerprint), Is.Unique);

    [Test]
    public void Fingerprint_EverySetting_HasACase() =>
        Assert.That(Changed().Count(), Is.EqualTo(typeof(AudioPreprocessing).GetProperties().Count(property => property.CanWrite)));

    [Test]
    public void Fingerprint_OfDefaults_StaysWhatItIs() =>
        Assert.That(new AudioPreprocessing().Fingerprint, Is.EqualTo("audio1|16000|20480|0.5|None|1|0.1|1|600"));

    [TestCaseSource(nameof(Changed))]
    public void Parse_OfAFingerprint_GivesTheSettings(AudioPreprocessing settings) =>
        Assert.That(AudioPreprocessingText.Parse(settings.Fingerprint), Is.EqualTo(settings));

    [TestCase("audio9|16000|20480|0.5|None|1|0.1|1|600")]
    [TestCase("audio1|16000")]
    public void Parse_OfAnotherVersion_SaysSo(string text) =>
        Assert.That(() => AudioPreprocessingText.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("newer one"));

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData(new AudioPreprocessing { SampleRate = 999 }, "SampleRate is '999', expected from 1000 to 768000");
        yield return new TestCaseData(new AudioPreprocessing { WindowSamples = 0 }, "WindowSamples is '0'");
        yield return new TestCaseData(new AudioPreprocessing { Overlap = 1 }, "Overlap is '1', expected from 0 to below 1");
        yield return new TestCaseData(new AudioPreprocessing { Normalization = (AudioNormalization)9 }, "Normalization is '9', expected None, Peak, Loudness");
        yield return new TestCaseData(new AudioPreprocessing { PeakLevel = 0 }, "PeakLevel is '0'");
        yield return new TestCaseData(new AudioPreprocessing { LoudnessLevel = double.NaN }, "LoudnessLevel is 'NaN'");
        yield return new TestCaseData(new AudioPreprocessing { Scale = 0 }, "Scale is '0'");
        yield return new TestCaseData(new AudioPreprocessing { MaxSeconds = 0 }, "MaxSeconds is '0'");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Validate_OutOfRange_NamesTheSetting(AudioPreprocessing settings, string fault) =>
        Assert.That(settings.Validate, Throws.ArgumentException.With.Message.Contains(fault));

    [Test]
    public void Preprocessor_OfSettingsOutOfRange_IsRefused() =>
        Assert.That(() => new AudioPreprocessor(new AudioPreprocessing { Scale = 0 }), Throws.ArgumentException.With.Message.Contains("Scale"));
}
