using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Requests;

namespace FeatureTransfer.Server.Tests;

/// <summary>The members of an item, by what a model reads.</summary>
public class ItemFieldsTests
{
    [TestCase(Modality.Image, new string[0], new string[0], "image", "image", true, false, "image")]
    [TestCase(Modality.Audio, new string[0], new string[0], "audio", "audio", true, false, "audio")]
    [TestCase(Modality.Image, new[] { "image" }, new string[0], "file", null, false, false, "image, file")]
    [TestCase(Modality.Image, new string[0], new[] { "price" }, "image", null, false, false, "price, image")]
    [TestCase(null, new[] { "review" }, new string[0], null, "review", false, true, "review")]
    [TestCase(null, new[] { "title", "review" }, new string[0], null, null, false, false, "title, review")]
    [TestCase(null, new[] { "review" }, new[] { "stars" }, null, null, false, false, "review, stars")]
    [TestCase(null, new string[0], new[] { "x" }, null, null, false, false, "x")]
    public void Constructor_Columns_NamesMembers(Modality? content, string[] texts, string[] numbers, string? contentName, string? single, bool isContent, bool isText, string names)
    {
        var fields = new ItemFields(new ItemColumns(content, texts, numbers, MayMissNumbers: false));
        Assert.That((fields.ContentName, fields.Single, fields.IsContentAlone, fields.IsTextAlone, fields.Names), Is.EqualTo((contentName, single, isContent, isText, names)));
    }

    [Test]
    public void Known_TextOfAModelOfTexts_IsItsOnlyColumn()
    {
        var review = new ItemFields(new ItemColumns(null, ["review"], [], MayMissNumbers: false));
        Assert.That((review.Known("review"), review.Known("text")), Is.EqualTo(("review", "review")));
        Assert.That(() => review.Known("reviw"), Throws.TypeOf<RefusedException>().With.Message.EqualTo("There is no member \"reviw\". Did you mean 'review'? An item has: review."));
        var both = new ItemFields(new ItemColumns(null, ["title", "review"], [], MayMissNumbers: false));
        Assert.That(() => both.Known("text"), Throws.TypeOf<RefusedException>().With.Message.Contains("no member \"text\""));
        var image = new ItemFields(new ItemColumns(Modality.Image, [], [], MayMissNumbers: false));
        Assert.That(() => image.Known("text"), Throws.TypeOf<RefusedException>().With.Message.Contains("no member \"text\""));
    }

    [Test]
    public void Make_ValuesThatAreMissing_AreRefusedByName()
    {
        RequestItem Make(bool mayMiss, byte[]? content, string? text, float? number) =>
            new ItemFields(new ItemColumns(Modality.Audio, ["place"], ["age"], mayMiss)).Make("a.wav", content is null ? (ReadOnlyMemory<byte>?)null : content, _ => text, _ => number, 1);
        var whole = Make(false, [1, 2], "hall", 3);
        Assert.That((whole.Name, whole.Error, whole.Item!.Content!.Value.ToArray(), whole.Item.Texts[0], whole.Item.Numbers[0]), Is.EqualTo(("a.wav", (string?)null, new byte[] { 1, 2 }, "hall", 3f)));
        Assert.That(Make(true, [1], "hall", null).Item!.Numbers, Is.EqualTo(new[] { float.NaN }));
        Assert.That(() => Make(false, [1], "hall", null), Throws.TypeOf<RefusedException>().With.Message.EqualTo("The member \"age\" is missing. An item has: place, age, audio."));
        Assert.That(() => Make(true, [1], null, 3), Throws.TypeOf<RefusedException>().With.Message.Contains("\"place\" is missing"));
        Assert.That(() => Make(true, null, "hall", 3), Throws.TypeOf<RefusedException>().With.Message.Contains("\"audio\" is missing"));
    }

    [Test]
    public void Make_ImageOfTooManyPixels_CannotBeUsed()
    {
        var fields = new ItemFields(new ItemColumns(Modality.Image, [], [], MayMissNumbers: false));
        RequestItem Make(byte[] image, long most) => fields.Make(null, new ReadOnlyMemory<byte>(image), _ => null, _ => null, most);
        var image = TestImages.SolidPng(5, 4, 1, 2, 3);
        Assert.That((Make(image, 20).Error, Make(image, 20).Item is null), Is.EqualTo(((string?)null, false)));
        Assert.That((Make(image, 19).Error!.Contains("5 x 4", StringComparison.Ordinal), Make(image, 19).Item is null), Is.EqualTo((true, true)));
    }
}
