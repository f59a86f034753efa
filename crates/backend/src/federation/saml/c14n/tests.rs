//! One way to write a document.
#![expect(clippy::unwrap_used, reason = "tests")]

use roxmltree::Document;

use super::*;

fn of(xml: &str, name: &str, inclusive: &[&str]) -> String {
    let document = Document::parse(xml).unwrap();
    let node = document.descendants().find(|node| node.tag_name().name() == name).unwrap();
    canonical(node, None, inclusive)
}

/// <https://www.w3.org/TR/xml-exc-c14n/#sec-Enveloping>: what stands around an element changes nothing in it.
#[test]
fn s59_the_examples_of_the_specification() {
    let alone = "<n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\">\n    \
                 <n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff>\n  </n1:elem2>";
    for around in [
        "<n0:local xmlns:n0=\"foo:bar\" xmlns:n3=\"ftp://example.org\">",
        "<n0:local xmlns:n0=\"http://foo.example\" xml:lang=\"fr\" xml:space=\"retain\" xmlns:n1=\"http://example.com\">",
    ] {
        let xml = format!(
            "{around}\n  <n1:elem2 xmlns:n1=\"http://example.net\"\n      xml:lang=\"en\">\n    \
             <n3:stuff xmlns:n3=\"ftp://example.org\"/>\n  </n1:elem2>\n</n0:local>"
        );
        assert_eq!(of(&xml, "elem2", &[]), alone, "{around}");
    }
}

/// Canonical XML 1.0, sections 3.3 and 3.4: order, quotes, empty elements, references and sections of characters.
#[test]
fn s59_tags_and_characters_are_written_in_one_way() {
    for (xml, written) in [
        ("<e1   />", "<e1></e1>"),
        ("<e3   name = \"elem3\"   id='elem3'   />", "<e3 id=\"elem3\" name=\"elem3\"></e3>"),
        (
            "<e5 xmlns:b='http://www.ietf.org' xmlns:a='http://www.w3.org' a:attr='out' b:attr='sorted' attr2='all' attr='I&apos;m'/>",
            "<e5 xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>",
        ),
        ("<t>First line&#x0d;&#10;Second line</t>", "<t>First line&#xD;\nSecond line</t>"),
        ("<t>&#x32;</t>", "<t>2</t>"),
        ("<t>a\r\nb</t>", "<t>a\nb</t>"),
        (
            "<t><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></t>",
            "<t>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</t>",
        ),
        (
            "<t expr='value>\"0\" &amp;&amp; value&lt;\"10\"'/>",
            "<t expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot;\"></t>",
        ),
        ("<t a=' &#x20;&#13;&#xa;&#9;   b '/>", "<t a=\"  &#xD;&#xA;&#x9;   b \"></t>"),
        ("<t a='x\ny'/>", "<t a=\"x y\"></t>"),
        ("<t>a<!-- not here -->b<?nor this?></t>", "<t>ab</t>"),
    ] {
        assert_eq!(canonical(Document::parse(xml).unwrap().root_element(), None, &[]), written, "{xml}");
    }
}

#[test]
fn s59_namespaces_are_declared_where_they_are_used_and_listed_ones_where_they_are_in_scope() {
    let xml = "<a:r xmlns:a=\"u:a\" xmlns:b=\"u:b\" xmlns=\"u:d\"><a:x b:at=\"1\" at=\"0\"><y><a:z xmlns:a=\"u:2\"/>\
               <w xmlns=\"\"><v/></w></y></a:x></a:r>";
    assert_eq!(
        of(xml, "x", &[]),
        "<a:x xmlns:a=\"u:a\" xmlns:b=\"u:b\" at=\"0\" b:at=\"1\"><y xmlns=\"u:d\"><a:z xmlns:a=\"u:2\"></a:z>\
         <w xmlns=\"\"><v></v></w></y></a:x>"
    );
    assert_eq!(
        of(xml, "z", &["b", "#default", "unknown"]),
        "<a:z xmlns=\"u:d\" xmlns:a=\"u:2\" xmlns:b=\"u:b\"></a:z>"
    );
    assert_eq!(of(xml, "v", &[]), "<v></v>");
}

#[test]
fn s59_one_child_is_left_out_and_the_rest_is_as_it_was() {
    let document = Document::parse("<a> <b/> <c>x</c> </a>").unwrap();
    let (root, child) = (document.root_element(), document.root_element().first_element_child());
    assert_eq!(canonical(root, child, &[]), "<a>  <c>x</c> </a>");
}
