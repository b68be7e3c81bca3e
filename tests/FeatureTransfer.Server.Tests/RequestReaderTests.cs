using System.Text;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace FeatureTransfer.Server.Tests;

/// <summary>Which media types a model takes, and what JSON it reads.</summary>
public class RequestReaderTests
{
    private static readonly ItemColumns _audio = new(Modality.Audio, [], [], MayMissNumbers: false);
    private static readonly ItemColumns _text = new(null, ["review"], [], MayMissNumbers: false);
    private static readonly ItemColumns _mixed = new(Modality.Audio, ["place"], ["age"], MayMissNumbers: true);

    [TestCase("audio/wav")]
    [TestCase("Image/PNG")]
    [TestCase("APPLICATION/octet-stream")]
    public async Task Read_FileAlone_IsTheItem(string type)
    {
        var read = await ReadAsync(_audio, "abc", type);
        Assert.That((read.IsList, read.Items.Single().Name, Encoding.UTF8.GetString(read.Items[0].Item!.Content!.Value.Span)), Is.EqualTo((false, (string?)null, "abc")));
    }

    [Test]
    public async Task Read_TextAlone_IsTheItem()
    {
        var read = await ReadAsync(_text, "schön", "Text/Plain; charset=utf-8");
        Assert.That((read.IsList, read.Items.Single().Item!.Texts[0]), Is.EqualTo((false, "schön")));
        Assert.That(async () => await RequestReader.ReadAsync(Request("text/plain"), new byte[] { 0xC3 }, new ItemFields(_text), new(), default), Refused("The text is no UTF-8."));
    }

    [TestCase("application/json")]
    [TestCase("Application/JSON; charset=utf-8")]
    [TestCase("application/vnd.mine+Json")]
    public async Task Read_Json_IsAnItemOrAList(string type)
    {
        var one = await ReadAsync(_mixed, """{ "audio": "YWJj", "place": 12.50, "age": null }""", type);
        Assert.That((one.IsList, one.Items[0].Item!.Texts[0], one.Items[0].Item!.Numbers[0]), Is.EqualTo((false, "12.50", float.NaN)));
        var list = await ReadAsync(_text, """["a", { "review": "b" }, { "text": "c" }]""", type);
        Assert.That((list.IsList, list.Items.Select(item => item.Item!.Texts[0])), Is.EqualTo((true, new[] { "a", "b", "c" })));
    }

    [TestCase("[[1]]", "An item is a list. Expected an object with: place, age, audio.")]
    [TestCase("\"YWJj\"", "An item is a text. Expected an object with: place, age, audio.")]
    [TestCase("true", "An item is true. Expected an object with: place, age, audio.")]
    [TestCase("12345678901234567890", "An item is the number 12345678901234567890. Expected an object with: place, age, audio.")]
    [TestCase("123456789012345678901", "An item is the number 12345678901234567890.... Expected an object with: place, age, audio.")]
    [TestCase("{ \"audio\": \"YWJj\", \"place\": {} }", "The member \"place\" is an object. Expected a text.")]
    [TestCase("{ \"audio\": \"YWJj\", \"place\": \"a\", \"age\": [] }", "The member \"age\" is a list. Expected a finite number of single precision.")]
    [TestCase("{ \"audio\": \"a/b.wav\" }", "The member \"audio\" is not base64. Expected the bytes of the file itself; paths and addresses are not read.")]
    [TestCase("{ \"place\": \"a\" }", "The member \"audio\" is missing. An item has: place, age, audio.")]
    [TestCase("[]", "The request holds no item.")]
    public void Read_WrongJson_SaysWhat(string json, string expected) => Assert.That(async () => await ReadAsync(_mixed, json, "application/json"), Refused(expected));

    [Test]
    public void Read_MemberUnderTwoNames_IsThereTwice() =>
        Assert.That(async () => await ReadAsync(_text, """{ "review": "a", "text": "b" }""", "application/json"), Refused("The member \"text\" is there twice."));

    [Test]
    public void Read_JsonOfNineLevels_IsNotRead()
    {
        Assert.That(async () => await ReadAsync(_text, "[[[[[[[[1]]]]]]]]", "application/json"), Refused("An item is a list. Expected an object with: review."));
        Assert.That(async () => await ReadAsync(_text, "[[[[[[[[[1]]]]]]]]]", "application/json"), Throws.TypeOf<RefusedException>().With.Message.Contains("no JSON that can be used").And.Message.Contains("8"));
    }

    private static IEnumerable<TestCaseData> Other()
    {
        yield return new(_audio, "text/plain", "The Content-Type is text/plain. Expected application/json, or multipart/form-data, or the file itself as image/*, audio/* or application/octet-stream. An item has: audio.");
        yield return new(_text, "audio/wav", "The Content-Type is audio/wav. Expected application/json, or multipart/form-data, or the text itself as text/plain. An item has: review.");
        yield return new(_mixed, "audio/wav", "The Content-Type is audio/wav. Expected application/json, or multipart/form-data. An item has: place, age, audio.");
        yield return new(_mixed, null, "There is no Content-Type. Expected application/json, or multipart/form-data. An item has: place, age, audio.");
    }

    [TestCaseSource(nameof(Other))]
    public void Read_OtherMediaType_SaysWhichThereAre(object model, string? type, string expected) => Assert.That(
        async () => await ReadAsync((ItemColumns)model, "abc", type),
        Refused(expected, 415).And.Property(nameof(RefusedException.Reason)).EqualTo("media type"));

    private static NUnit.Framework.Constraints.EqualStringConstraint Refused(string message, int status = 400) =>
        Throws.TypeOf<RefusedException>().With.Property(nameof(RefusedException.Status)).EqualTo(status).And.Message.EqualTo(message);

    private static HttpRequest Request(string? type)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = type;
        return request;
    }

    private static Task<RequestItems> ReadAsync(ItemColumns model, string body, string? type) =>
        RequestReader.ReadAsync(Request(type), Encoding.UTF8.GetBytes(body), new ItemFields(model), new(), CancellationToken.None);
}
