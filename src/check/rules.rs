//! The one list of rules. A line here declares the rule's file and registers it; everything else (explain, the
//! rule pages, JSON, configuration) reads this list. Sorted within each group.

use crate::check::rule::Rule;

/// Declares the modules of one group and lists their rules.
macro_rules! group {
    ($($rule:ident)*) => {
        $( pub mod $rule; )*
        /// The rules of this group, by name.
        pub(super) static LIST: &[&crate::check::rule::Rule] = &[ $( &$rule::RULE, )* ];
    };
}

/// What a rule's file usually needs.
pub(crate) mod prelude {
    pub(crate) use crate::bi;
    pub(crate) use crate::check::finding::{Class, Severity, Subject};
    pub(crate) use crate::check::rule::{Case, Docs, Group, Rule, Scope, Sink};
    pub(crate) use crate::derive::Facts;
}

/// The expected output of the rule's bad fixture, shown on its page: `example!("rule-name")`.
macro_rules! example {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/", $name, "/expected.txt"))
    };
}

/// Files, TOML, references, waivers.
pub mod writing {
    group! {
        file_misplaced
        file_not_utf8
        file_order_id
        file_symlink
        file_too_deep
        file_too_large
        file_unreadable
        rate_unreadable
        toml_date
        toml_dotted_id
        toml_duplicate_key
        toml_fullwidth
        toml_key_below_table
        toml_leading_zero
        toml_missing_value
        toml_syntax
        toml_thousands_separator
        toml_unclosed
        toml_unknown_key
        toml_unknown_value
        toml_unquoted
        toml_version
        toml_wrong_type
        waiver_expired
        waiver_incomplete
        waiver_unused
    }
}

/// 2a: order data validity.
pub mod validity {
    group! {
        amount_exact
        bank_details_changed
        bic_format
        currency_known_and_scale
        dates_plausible
        iban_check
        line_required_fields
        locode_known
        order_id_unique
        party_complete
        payment_terms
        ref_unknown
        rev_agreed
        rule_unknown
        sanction_screen_stale
        terms_not_written
        uscc_check
    }
}

/// 2b: arithmetic inside a record.
pub mod arithmetic {
    group! {
        amount_in_words
        carton_numbers_contiguous
        cbm_from_dims
        gross_ge_net
        line_amount
        milestone_rounding
        order_total
        packages_from_qty
        payment_percent_100
        weights_rollup
    }
}

/// 2c: Incoterms 2020.
pub mod term {
    group! {
        ddp_tax_trap
        exw_export_trap
        fca_onboard_bl
        freight_marking
        insurance_clauses
        insurance_duty
        term_in_set
        term_mode
        term_place_kind
        term_place_present
        term_year_printed
    }
}

/// 2d: document against document.
pub mod documents {
    group! {
        docs_amount
        docs_currency
        docs_dates_order
        docs_description
        docs_invoice_ref
        docs_marks
        docs_ports
        docs_superfluous
        docs_total_gross
        docs_total_net
        docs_total_packages
        docs_total_quantity
        docs_vessel
        docs_volume
    }
}

/// 2e1: the letter of credit on the day it arrives.
pub mod intake {
    group! {
        lc_amend_partial
        lc_amend_pending
        lc_amount_covers
        lc_applicant
        lc_beneficiary
        lc_currency
        lc_dates_workable
        lc_docs_obtainable
        lc_draft_on_applicant
        lc_expiry_place
        lc_goods_text
        lc_nondocumentary
        lc_one_third_bl
        lc_ports_match
        lc_presentation_window
        lc_rules_clause
        lc_ship_expiry_gap
        lc_soft_clause
        lc_term_match
        lc_tolerance_aligned
    }
}

/// 2e2: documents against the letter of credit.
pub mod credit {
    group! {
        credit_amount
        credit_awb
        credit_bl_carrier_signed
        credit_bl_clean
        credit_bl_consignee
        credit_bl_fullset
        credit_bl_no_charterparty
        credit_bl_notify
        credit_bl_onboard
        credit_bl_ports
        credit_bl_tranship
        credit_cert_wording
        credit_co
        credit_condition_data
        credit_correction
        credit_cure_window
        credit_doc_date
        credit_docs_complete
        credit_docs_extra
        credit_draft
        credit_early_shipment
        credit_expiry
        credit_freight_wording
        credit_instalment
        credit_insurance_amount
        credit_insurance_currency
        credit_insurance_date
        credit_insurance_endorsed
        credit_insurance_kind
        credit_insurance_risks
        credit_insurance_span
        credit_invoice_currency
        credit_invoice_description
        credit_invoice_no_extra_goods
        credit_invoice_party
        credit_language_originals
        credit_late_presentation
        credit_late_shipment
        credit_partial
        credit_ports
        credit_preshipment_cert
        credit_quantity
        credit_refusal_clock
        credit_signature
        credit_underdrawing
        credit_unit_price
    }
}

/// 2f: documents against goods and customs.
pub mod goods {
    group! {
        advance_filing_data
        awb_check
        container_capacity
        container_iso6346
        container_reused
        container_seal_match
        decl_before_loading
        decl_deal_mode
        decl_entry_no
        decl_exporter
        decl_vs_invoice_amount
        decl_vs_packing
        dg_complete
        docs_number_reused
        hs_format
        hs_valid_year
        qc_lot_equals_shipment
        vgm
        wood_packing
    }
}

/// 2g: workflow gates.
pub mod gate {
    group! {
        cancel_clean
        gate_archive_complete
        gate_balance_before_shipment
        gate_confirmed
        gate_customs_cleared
        gate_deposit_or_credit
        gate_document_control
        gate_feedback
        gate_inspection_passed
        gate_no_shipment_before_inspection
        gate_paid
        gate_papers_missing
        gate_presented
        gate_review
        gate_sample_approved
        milestone_proof_differs
        stage_dates
        stage_order
    }
}

/// 2h: money.
pub mod money {
    group! {
        dp_without_title
        pay_credit_limit
        pay_currency_mismatch
        pay_escalation_due
        pay_lc_drawing_balance
        pay_overdue
        pay_overpaid
        pay_rate_missing
        pay_receipt_allocated
        pay_receipt_twice
        pay_short_charges
        pay_third_party
        pay_trigger_resolvable
        pay_writeoff_approved
        safe_trade_credit_report
        tax_fx_deadline
    }
}

/// 2i: deadlines and risk.
pub mod deadline {
    group! {
        calendar_missing
        cutoff_missed
        demurrage_risk
        eta_docs
        etd_after_latest
        fx_exposure
        lc_expiry_near
        plan_chain
        season_freeze
        slack_presentation
        slack_production
        validity_expired
    }
}

/// What only the history can tell.
pub mod history {
    group! {
        gate_archive_unchanged
        git_contract_changed
        git_id_reused
        git_order_deleted
        git_plan_rewritten
        git_receipt_changed
        git_unknown_author
        stage_backdated
        stale_order
    }
}

pub use validity::{amount_exact, order_id_unique};
pub use writing::*;

/// Every rule, by group and name.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        writing::LIST,
        validity::LIST,
        arithmetic::LIST,
        term::LIST,
        documents::LIST,
        intake::LIST,
        credit::LIST,
        goods::LIST,
        gate::LIST,
        money::LIST,
        deadline::LIST,
        history::LIST,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// A rule by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
