using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

/// <summary>Zips as large archives and old programs write them.</summary>
public class ZipTests
{
    private static readonly byte[] _first = [.. Enumerable.Repeat((byte)3, 400)];
    private static readonly byte[] _second = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-zip-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>Zip64: values that need more than 32 bits, or are said to, stand in fields of their own.</summary>
    [Test]
    public void Archive_Zip64_GivesItsMembers([Values] bool sizes, [Values] bool offset, [Values] bool directory, [Values] bool directoryLength)
    {
        var zip = new HandMadeZip().Add("a.png", _first, sizes, offset).Add("b.png", _second, sizes, offset).Make(directory, directoryLength, "a comment");
        Assert.That(Contents(zip), Is.EqualTo(new[] { _first, _second }));
    }

    [Test]
    public void Archive_NamesOfOldPrograms_AreReadInTheirCodePage()
    {
        var zip = new HandMadeZip().Add("", _first, rawName: [0x81, .. ".png"u8]).Add("x\\b.png", _second).Make();
        Assert.That(Images(zip).Select(image => image.Name[(_folder.Length + 7)..]), Is.EqualTo(new[] { "ü.png", "x/b.png" }));
    }

    [Test]
    public void Archive_Positions_CountFoldersToo()
    {
        var zip = Write(new HandMadeZip().Add("x/", []).Add("x/a.png", _first).Add("b.png", _second, method: 0).Make());
        Assert.That(ZipMembers.Read(zip).Select(member => (member.Position, member.Name)), Is.EqualTo(new[] { (1L, "x/a.png"), (2L, "b.png") }));
    }

    [Test]
    public void Read_EncryptedMember_SaysSo() => AssertRefused(new HandMadeZip().Add("a.png", _first, flags: 1).Make(), "the member is encrypted");

    [Test]
    public void Read_UnknownMethod_IsNamed() => AssertRefused(new HandMadeZip().Add("a.png", _first, method: 12).Make(), "compressed by method 12; expected stored or deflated");

    [Test]
    public void Read_MoreBytesThanAnImageHas_IsRefused() =>
        AssertRefused(new HandMadeZip().Add("a.png", _first, length: uint.MaxValue - 1).Make(), $"the member has {uint.MaxValue - 1} bytes, more than an image can have");

    [Test]
    public void Read_StoredDataBeyondTheEnd_IsDamaged() =>
        AssertRefused(new HandMadeZip().Add("a.png", _first, method: 0, length: 100_000).Make(), "the member is damaged: its data reach beyond the end of the file");

    [Test]
    public void Read_OtherContent_IsDamaged()
    {
        var zip = new HandMadeZip().Add("a.png", _first, method: 0).Make();
        zip[60] ^= 1;
        AssertRefused(zip, "the member is damaged: its checksum is wrong");
    }

    [TestCase(0)]
    [TestCase(3)]
    public void Read_HeaderElsewhere_IsDamaged(int at)
    {
        var zip = new HandMadeZip().Add("x/", []).Add("a.png", _first).Make();
        zip[((ReadOnlySpan<byte>)zip).LastIndexOf("PK\u0003\u0004"u8) + at] ^= 1;
        AssertRefused(zip, "the member is damaged: its header is not where the directory says");
    }

    [TestCase(5, 6)]
    [TestCase(6, 6)]
    [TestCase(6, 7)]
    [TestCase(1, 2)]
    public void Archive_SignatureThatIsDamaged_SaysThatTheDirectoryIsNotWhole(byte third, byte fourth)
    {
        var zip = new HandMadeZip().Add("a.png", _first).Make(wideOffset: true);
        zip.AsSpan(((ReadOnlySpan<byte>)zip).LastIndexOf([(byte)'P', (byte)'K', third, fourth]), 4).Clear();
        AssertNotWhole(zip);
    }

    [Test]
    public void Archive_DirectoryThatEndsEarly_IsNotWhole([Values(1, 3, 20, 50)] int missing)
    {
        var zip = new HandMadeZip().Add("a.png", _first).Add("b.png", _second).Make();
        var end = zip.Length - 22;
        BitConverter.TryWriteBytes(zip.AsSpan(end + 12), BitConverter.ToUInt32(zip, end + 12) - missing);
        AssertNotWhole(zip);
    }

    [Test]
    public void Archive_TwentyOneBytesOrNoEnd_IsNoZip([Values(0, 4, 21, 22, 23, 70_000)] int length) => AssertNotWhole(new byte[length]);

    [Test]
    public void Archive_WideEndAlone_IsNotWhole([Range(0, 21)] int before)
    {
        var end = new HandMadeZip().Make();
        Array.Fill(end, (byte)0xff, end.Length - 10, 8);
        AssertNotWhole([.. new byte[before], .. end]);
    }

    [Test]
    public void Archive_Empty_HasNoImages() => Assert.That(Images(new HandMadeZip().Make(comment: new string('c', ushort.MaxValue))), Is.Empty);

    private void AssertRefused(byte[] zip, string reason)
    {
        var image = Images(zip).Single();
        Assert.That(() => image.Read(), Throws.TypeOf<BadInputException>().With.Message.Contains("x.zip/a.png").And.Message.Contains(reason));
    }

    private void AssertNotWhole(byte[] zip) =>
        Assert.That(() => ZipMembers.Read(Write(zip)).ToList(), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("x.zip: the zip has no whole directory at its end; it was cut off"));

    private IEnumerable<byte[]> Contents(byte[] zip) => Images(zip).Select(image => image.Read().ToArray());

    private List<InputValue> Images(byte[] zip) => [.. ImageSources.Archive(Write(zip))];

    private string Write(byte[] zip)
    {
        var path = Path.Combine(_folder, "x.zip");
        File.WriteAllBytes(path, zip);
        return path;
    }
}
